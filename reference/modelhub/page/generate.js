/** Starts a generation and shows what becomes of it. */

import { ask } from "/page/api.js";
import { announce, calm, complain } from "/page/announce.js";
import { byId, el, say } from "/page/dom.js";

const WITH_IMAGE = ["i2v-A14B", "ti2v-5B"];
const LOOK_MS = 700;
const FINAL = ["completed", "failed", "cancelled"];

export function showChoices(models) {
  const choice = byId("generate-model");
  const names = models.map((model) => `${model.model_id}${model.is_available ? "" : " (not available)"}`);
  if (names.join() !== [...choice.options].map((option) => option.textContent).join()) {
    const chosen = choice.value;
    choice.replaceChildren(...models.map((model, at) => el("option", { value: model.model_id }, names[at])));
    if (models.some((model) => model.model_id === chosen)) choice.value = chosen;
  }
  showImageField();
}

export const showImageField = () => {
  byId("image-field").hidden = !WITH_IMAGE.includes(byId("generate-model").value);
};

export async function generate(event) {
  event.preventDefault();
  calm();
  const form = new FormData();
  form.append("prompt", byId("generate-prompt").value);
  form.append("model_type", byId("generate-model").value);
  const image = byId("generate-image").files[0];
  if (image && !byId("image-field").hidden) form.append("image", image);
  try {
    const taken = await ask("/generation/submit", "POST", form);
    announce(`${taken.message} Place ${taken.queue_position}.`);
    await follow(taken.task_id);
  } catch (refusal) {
    complain(refusal.message, refusal.hint);
  }
}

async function follow(id) {
  for (;;) {
    const task = (await ask("/queue")).tasks.find((each) => each.id === id);
    const kind = task.generation_mode === "mock" ? "mock" : "real";
    const output = task.output_path ? `, output ${task.output_path}` : "";
    const trouble = task.error_message ? `: ${task.error_message}` : "";
    say(byId("generation-result"), `Generation (${kind}): ${task.status}, ${Math.round(task.progress)} %${output}${trouble}`);
    if (FINAL.includes(task.status)) {
      if (task.status === "failed") complain(task.error_message, "Try again, or choose another model.");
      announce(`The generation is ${task.status}${output}.`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
