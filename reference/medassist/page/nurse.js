/** The nurses' page: sign in, then the desk. */

import { Account } from "/page/account.js";
import { Desk } from "/page/desk.js";
import { byId } from "/page/parts.js";

let desk = null;

new Account({
  roles: ["nurse", "admin"],
  strangers: "This page is for nurses. Patients sign in on the patients' page.",
  entered: (user) => {
    desk = new Desk(user);
    byId("desk").hidden = false;
    document.title = "MedAssist for nurses: patient queue";
    desk.open();
  },
  left: () => {
    desk?.close();
    desk = null;
    Desk.wipe();
    byId("desk").hidden = true;
    document.title = "MedAssist for nurses: sign in";
  },
}).open();
