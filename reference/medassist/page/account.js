/** Who is signed in: the form of the way in, the line at the top, and the way out. Both pages use it. */

import * as api from "/page/api.js";
import { byId, problemLine } from "/page/parts.js";

export class Account {
  /**
   * @param {{roles: string[], strangers: string, entered: (user) => void, left: () => void}} page
   *   `strangers` is said to people of other roles
   */
  constructor(page) {
    this.page = page;
    this.creating = false;
    api.onSignInOver((notice) => this.leave(notice));
    byId("entry-form").onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    byId("sign-out").onclick = () => this.signOut();
    const change = document.getElementById("switch");
    if (change) change.onclick = () => this.create(!this.creating, true);
  }

  open() {
    if (api.user()) this.enter(api.user());
    else this.leave();
  }

  async submit() {
    const given = this.given();
    if (!given || byId("enter").disabled) return;
    byId("enter").disabled = true;
    problemLine("entry-problem", "");
    try {
      if (this.creating) await api.register(given.fullName, given.email, given.password);
      const user = await api.signIn(given.email, given.password);
      if (this.page.roles.includes(user.role)) this.enter(user);
      else await this.turnAway();
    } catch (problem) {
      problemLine("entry-problem", problem.message);
      byId("email").focus();
    } finally {
      byId("enter").disabled = false;
    }
  }

  /** Gives what was filled in, or null after saying what is missing. */
  given() {
    const email = byId("email").value.trim();
    const password = byId("password").value;
    const fullName = this.creating ? byId("full-name").value.trim() : "";
    const missing = [
      this.creating && complain("full-name", fullName.length < 2 ? "Enter your full name." : ""),
      complain("email", /^\S+@\S+$/.test(email) ? "" : "Enter your email address, for example name@example.org."),
      complain("password", this.passwordProblem(password)),
    ].filter(Boolean);
    missing[0]?.focus();
    return missing.length ? null : { email, password, fullName };
  }

  passwordProblem(password) {
    if (!password) return "Enter your password.";
    const strong = password.length >= 8 && /\d/.test(password) && /\p{Lu}/u.test(password) && /\p{Ll}/u.test(password);
    return this.creating && !strong ? "Choose at least 8 characters with a digit, an upper and a lower case letter." : "";
  }

  create(creating, moveFocus = false) {
    this.creating = creating;
    const title = creating ? "Create account" : "Sign in";
    byId("entry-heading").textContent = title;
    byId("enter").textContent = title;
    byId("password").autocomplete = creating ? "new-password" : "current-password";
    for (const id of ["full-name-field", "password-hint"]) if (document.getElementById(id)) byId(id).hidden = !creating;
    if (document.getElementById("switch")) {
      byId("switch-lead").textContent = creating ? "You have an account?" : "New here?";
      byId("switch").textContent = creating ? "Back to sign in" : "Create account";
    }
    problemLine("entry-problem", "");
    for (const id of ["full-name", "email", "password"]) if (document.getElementById(id)) complain(id, "");
    if (moveFocus) byId(creating ? "full-name" : "email").focus();
  }

  async turnAway() {
    await api.signOut();
    byId("password").value = "";
    problemLine("entry-problem", this.page.strangers);
  }

  enter(user) {
    byId("entry").hidden = true;
    byId("signed-in").hidden = false;
    byId("who").textContent = user.full_name;
    byId("email").value = "";
    byId("password").value = "";
    this.page.entered(user);
  }

  async signOut() {
    const done = api.signOut();
    this.leave("You are signed out.");
    await done;
  }

  /** Shows the way in and nothing of whoever was here. */
  leave(notice = "") {
    const hadFocus = byId("entry").hidden && !byId("signed-in").hidden;
    this.page.left();
    byId("signed-in").hidden = true;
    byId("connection-line").hidden = true;
    byId("who").textContent = "";
    if (document.getElementById("full-name")) byId("full-name").value = "";
    this.create(false);
    byId("entry").hidden = false;
    byId("entry-notice").textContent = notice;
    byId("entry-notice").hidden = !notice;
    if (hadFocus) byId("entry-heading").focus();
  }
}

/** Says beside an input what is wrong with it; gives the input if something is. */
export function complain(id, sentence) {
  const input = byId(id);
  byId(`${id}-error`).textContent = sentence;
  if (sentence) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return sentence ? input : null;
}
