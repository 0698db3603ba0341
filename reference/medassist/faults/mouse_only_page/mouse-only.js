// Takes from a page what people need who do not use a mouse or do not see it. Everything can still be clicked.
(() => {
  const UNLABELLED = /^(search|full name)/i;
  const IN_DIALOG = "dialog, [role='dialog'], [role='alertdialog']";
  const CONTROLS = "button, input, textarea, select, a[href], [tabindex]";
  const ANNOUNCED = "[aria-live], [role='log'], [role='status'], [role='alert'], output";
  const NAMES = ["aria-label", "aria-labelledby", "placeholder", "title"];

  function nameOf(field) {
    const labels = [...(field.labels ?? [])].map((label) => label.textContent.trim());
    return labels.join(" ") || field.getAttribute("aria-label") || "";
  }

  function unlabel(field) {
    for (const label of [...(field.labels ?? [])]) {
      const plain = document.createElement("div");
      plain.className = label.className;
      plain.append(...label.childNodes);
      label.replaceWith(plain);
    }
    for (const name of NAMES) field.removeAttribute(name);
  }

  function shutOut() {
    for (const field of document.querySelectorAll("input, textarea, select")) {
      if (UNLABELLED.test(nameOf(field))) unlabel(field);
    }
    for (const region of document.querySelectorAll(ANNOUNCED)) {
      if (region.getAttribute("aria-live") !== "off") region.setAttribute("aria-live", "off");
    }
    for (const dialog of document.querySelectorAll(IN_DIALOG)) {
      for (const control of dialog.querySelectorAll(CONTROLS)) {
        if (control.tabIndex !== -1) control.tabIndex = -1;
      }
    }
  }

  const focus = HTMLElement.prototype.focus;
  HTMLElement.prototype.focus = function (...options) {
    if (!this.closest(IN_DIALOG)) focus.apply(this, options);
  };
  const showModal = HTMLDialogElement.prototype.showModal;
  HTMLDialogElement.prototype.showModal = function () {
    showModal.call(this);
    document.activeElement?.blur();
  };

  new MutationObserver(shutOut).observe(document, { attributes: true, childList: true, subtree: true });
})();
