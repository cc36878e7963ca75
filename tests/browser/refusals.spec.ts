// Wrong numbers are refused in words, beside the field they were typed into, and Train does not start.

import { expect, test } from "./fixtures";

const SMALL_MAP = "layers=maxpool_8-conv_8_3_1_valid-relu-flatten-dense_10";

const REFUSALS = [
  {
    what: "no units",
    field: "Dense 1 units",
    wrong: "0",
    says: /too small.*from 1 to/,
    right: "16",
  },
  {
    what: "a billion units",
    field: "Dense 1 units",
    wrong: "1000000000",
    says: /too large.*from 1 to/,
    right: "16",
  },
  {
    what: "half a unit",
    field: "Dense 1 units",
    wrong: "12.5",
    says: /not a whole number/,
    right: "16",
  },
  {
    what: "a batch larger than the data",
    field: "Batch size",
    wrong: "70000",
    says: /too large/,
    right: "32",
  },
  {
    what: "a learning rate that is no number",
    field: "Learning rate",
    wrong: "NaN",
    says: /not a number/,
    right: "0.01",
  },
  {
    what: "an empty learning rate",
    field: "Learning rate",
    wrong: "",
    says: /not a number/,
    right: "0.01",
  },
  {
    what: "a negative learning rate",
    field: "Learning rate",
    wrong: "-1",
    says: /too small/,
    right: "0.01",
  },
  { what: "no epochs", field: "Epochs", wrong: "0", says: /too small/, right: "1" },
  {
    what: "a kernel larger than its input",
    network: SMALL_MAP,
    field: "Convolution 1 kernel",
    wrong: "5",
    says: /larger than its input/,
    right: "2",
  },
];

for (const { what, network, field, wrong, says, right } of REFUSALS) {
  test(`${what} (${field} ${wrong || "left empty"})`, async ({ open }) => {
    const ember = await open(`device=cpu&preset=MLP&${network ?? ""}`);
    const input = ember.number(field);
    await ember.type(field, wrong);
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(says);

    await ember.button("Train").click();
    await expect(ember.root.getByText(/cannot train yet/i)).toBeVisible();
    expect(await ember.read()).toMatchObject({ state: "idle", step: 0 });

    await ember.type(field, right);
    await expect(input).toHaveAttribute("aria-invalid", "false");
    expect(await ember.step()).toMatchObject({ step: 1, device: "cpu" });
  });
}

test("an address with nonsense in it opens the page and says what was not understood", async ({
  open,
}) => {
  const ember = await open(
    "device=cpu&preset=AlexNet&lr=fast&__proto__=1&layers=dense_x-%3Cimg%3E",
  );
  await expect(ember.number("Dense 1 units")).toHaveValue("128");
  await expect(ember.root.getByText(/preset=AlexNet/)).toBeVisible();
  await expect(ember.root.getByText(/layers=dense_x-<img>/)).toBeVisible();
  await expect(ember.number("Learning rate")).toHaveAccessibleDescription(/not a number/);
});

test("a loss that explodes stops the run with a sentence, and a restart helps", async ({
  open,
}) => {
  const ember = await open("device=cpu&preset=MLP&optimizer=sgd&lr=10");
  await ember.button("Train").click();
  await expect(ember.status).toHaveAttribute("data-state", "failed");
  await expect(ember.messages.filter({ hasText: /learning rate/i })).toBeVisible();

  await ember.type("Learning rate", "0.01");
  await expect(ember.button("Train")).toBeDisabled();
  await ember.button("Restart with changes").click();
  await ember.until("running");
  await expect.poll(async () => (await ember.read()).accuracy).toBeGreaterThan(0.5);
});
