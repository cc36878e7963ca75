// The network is edited by hand: cards, fields, order, what does not fit and how it is mended.

import type { Locator, Page } from "@playwright/test";

import type { Ember } from "./ember";
import { expect, test } from "./fixtures";

const MLP = ["Flatten", "Dense 1", "Activation 1", "Dense 2", "Activation 2", "Output"];

/** A layer's card. */
function card(page: Page, name: string): Locator {
  return page.getByRole("group", { name, exact: true });
}

/** The cards' names from top to bottom. */
function cards(page: Page): Locator {
  return page.getByRole("list", { name: "Architecture" }).locator("[role=group]");
}

async function expectCards(page: Page, names: readonly string[]): Promise<void> {
  await expect
    .poll(() =>
      cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("aria-label"))),
    )
    .toEqual(names);
}

/** Chooses a line of a card's menu. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Move or copy ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

function handle(page: Page, name: string): Locator {
  return page.getByRole("button", { name: `Move or copy ${name}`, exact: true });
}

function said(page: Page): Locator {
  return page.locator("[data-tour=architecture] > [aria-live=polite]");
}

/** Trains one step of the network as it is. */
async function expectTrains(ember: Ember): Promise<void> {
  const { step, loss } = await ember.step();
  expect(step).toBe(1);
  expect(loss).toBeGreaterThan(0);
}

test("every kind of layer can be added by name, and what fits is trained", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&batch=8&layers=conv_4_3-flatten-dense_10");
  await page.getByRole("button", { name: "Add layer", exact: true }).click();
  const items = page.getByRole("menuitem");
  await expect(items).toHaveText([
    "Dense",
    "Convolution",
    "Max pool",
    "Average pool",
    "Global average",
    "Flatten",
    "Batch norm",
    "Layer norm",
    "Dropout",
    "Residual block",
    "Activation",
  ]);
  await page.keyboard.press("Escape");
  for (const name of ["Max pool", "Batch norm", "Residual block", "Dropout", "Dense"]) {
    await page.getByRole("button", { name: "Add layer", exact: true }).click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  }
  await expectCards(page, [
    "Convolution 1",
    "Max pool",
    "Residual block 1",
    "Convolution 2",
    "Activation",
    "Convolution 3",
    "Flatten",
    "Batch norm",
    "Dropout",
    "Dense 1",
    "Output",
  ]);
  // The block was made for the four channels that come to it.
  await expect(ember.number("Convolution 2 filters")).toHaveValue("4");
  await expect(card(page, "Residual block 1")).toContainText("4×14×14");
  await expectTrains(ember);
});

test("a layer goes before, after or into another by its menu", async ({ open, page }) => {
  await open("device=cpu&layers=residual(relu)-flatten-dense_10");
  await choose(page, "Flatten", "Add before…");
  await page.getByRole("menuitem", { name: "Average pool" }).click();
  await choose(page, "Flatten", "Add after…");
  await page.getByRole("menuitem", { name: "Layer norm" }).click();
  await choose(page, "Residual block 1", "Add inside…");
  await page.getByRole("menuitem", { name: "Batch norm" }).click();
  await expectCards(page, [
    "Residual block 1",
    "Activation",
    "Batch norm",
    "Average pool",
    "Flatten",
    "Layer norm",
    "Output",
  ]);
  // Where the address says the same, a reload shows the same.
  await expect(page).toHaveURL(/layers=residual%28relu-batchnorm%29-avgpool_2-flatten-layernorm/);
});

test("the menu is used by keyboard, and leads back to where it was opened", async ({
  open,
  page,
}) => {
  await open("device=cpu");
  await handle(page, "Dense 1").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Move up" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "Add after…" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(handle(page, "Dense 1")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(handle(page, "Dense 2")).toBeFocused();
  await expectCards(page, [
    "Flatten",
    "Dense 1",
    "Dense 2",
    "Activation 1",
    "Dense 3",
    "Activation 2",
    "Output",
  ]);
});

test("what was removed comes back", async ({ open, page }) => {
  const ember = await open("device=cpu&frozen=1_3");
  const frozen = page.getByRole("button", { name: /^Freeze/, pressed: true });
  await expect(frozen).toHaveCount(2);
  await page.getByRole("button", { name: "Remove Dense 1" }).click();
  await expectCards(page, ["Flatten", "Activation 1", "Dense 1", "Activation 2", "Output"]);
  await expect(frozen).toHaveAccessibleName("Freeze Dense 1");
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await expect(undo).toBeFocused();
  await undo.press("Enter");
  await expectCards(page, MLP);
  await expect(frozen).toHaveCount(2);
  await expect(handle(page, "Dense 1")).toBeFocused();
  await expect(undo).toBeHidden();
  // Once something else was done, there is no way back by this button.
  await page.getByRole("button", { name: "Remove Flatten" }).click();
  await expect(undo).toBeVisible();
  await ember.type("Dense 1 units", "16");
  await expect(undo).toBeHidden();
});

test("Alt and an arrow move a card, which keeps the focus; what moved is said", async ({
  open,
  page,
}) => {
  await open("device=cpu&layers=conv_4_3-residual(relu-conv_4_3)-flatten-dense_10");
  const units = page.getByRole("spinbutton", { name: "Convolution 1 kernel" });
  await units.focus();
  await units.press("Alt+ArrowDown");
  await expectCards(page, [
    "Residual block 1",
    "Convolution 1",
    "Activation",
    "Convolution 2",
    "Flatten",
    "Output",
  ]);
  await expect(units).toBeFocused();
  await expect(said(page)).toHaveText("Convolution 1 moved, now layer 1 of 3 in Residual block 1.");
  await units.press("Alt+ArrowUp");
  await expect(said(page)).toHaveText("Convolution 1 moved, now layer 1 of 4.");
  await units.press("Alt+ArrowUp");
  await expect(said(page)).toHaveText("Convolution 1 cannot go further.");
  await handle(page, "Residual block 1").press("Alt+ArrowUp");
  await expectCards(page, [
    "Residual block 1",
    "Activation",
    "Convolution 1",
    "Convolution 2",
    "Flatten",
    "Output",
  ]);
  // For those without Alt, the menu does the same.
  await choose(page, "Residual block 1", "Move down");
  await expect(handle(page, "Residual block 1")).toBeFocused();
  await expect(cards(page).first()).toHaveAttribute("aria-label", "Convolution 1");
});

test("a card is dragged by its handle, into a block too, and Escape calls it off", async ({
  open,
  page,
}) => {
  // High enough for the whole network: the mouse cannot go where the page is scrolled away.
  await page.setViewportSize({ width: 1280, height: 1100 });
  await open("device=cpu&frozen=3");
  const drag = async (name: string, to: Locator, edge: "top" | "bottom") => {
    const from = await handle(page, name).boundingBox();
    const target = await to.boundingBox();
    if (!from || !target) throw new Error("A card is out of sight.");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    const y = edge === "top" ? target.y + 2 : target.y + target.height - 2;
    await page.mouse.move(target.x + 20, (from.y + y) / 2, { steps: 3 });
    await page.mouse.move(target.x + 20, y, { steps: 3 });
  };
  await drag("Activation 1", card(page, "Dense 1"), "top");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expectCards(page, MLP);

  await drag("Dense 2", card(page, "Flatten"), "bottom");
  await page.mouse.up();
  await expectCards(page, [
    "Flatten",
    "Dense 1",
    "Dense 2",
    "Activation 1",
    "Activation 2",
    "Output",
  ]);
  await expect(number(page, "Dense 1 units")).toHaveValue("64");
  await expect(page.getByRole("button", { name: /^Freeze/, pressed: true })).toHaveAccessibleName(
    "Freeze Dense 1",
  );
  // To have been dragged is not to be pressed.
  await expect(page.getByRole("menu")).toBeHidden();

  await choose(page, "Flatten", "Add before…");
  await page.getByRole("menuitem", { name: "Residual block" }).click();
  await drag("Activation 2", card(page, "Convolution 1"), "top");
  await page.mouse.up();
  await expect(said(page)).toContainText("now layer 1 of 4 in Residual block 1");
});

function number(page: Page, name: string): Locator {
  return page.getByRole("spinbutton", { name, exact: true });
}

test("every field of every layer is edited in place, and its figures follow", async ({
  open,
  page,
}) => {
  const ember = await open(
    "device=cpu&batch=8&layers=conv_4_3-relu-maxpool_2-residual(conv_4_3)-avgpool_2-flatten-dropout_0.5-dense_10",
  );
  const conv = card(page, "Convolution 1");
  await expect(conv).toContainText("4×28×28");
  // 3x3 weights and a bias, four times.
  await expect(conv).toContainText("40");
  await ember.type("Convolution 1 filters", "6");
  await ember.type("Convolution 1 kernel", "5");
  await ember.type("Convolution 1 stride", "2");
  await page.getByRole("combobox", { name: "Convolution 1 padding" }).selectOption("valid");
  await expect(conv).toContainText("6×12×12");
  await expect(conv).toContainText("156");

  await page.getByRole("combobox", { name: "Activation function" }).selectOption("gelu");
  await ember.type("Max pool size", "3");
  await expect(ember.number("Max pool stride")).toHaveValue("3");
  await ember.type("Max pool stride", "1");
  await expect(card(page, "Max pool")).toContainText("6×10×10");

  // The block's own layers, and the way around them.
  await ember.type("Convolution 2 filters", "8");
  await ember.type("Convolution 2 stride", "2");
  await page.getByRole("checkbox", { name: "Residual block 1 projection" }).check();
  await expect(card(page, "Convolution 2")).toContainText("8×5×5");
  await expect(card(page, "Residual block 1")).toContainText("8×5×5");

  await ember.type("Average pool size", "5");
  await expect(card(page, "Average pool")).toContainText("8×1×1");
  await ember.type("Dropout rate", "0.25");
  await expect(page).toHaveURL(
    /layers=conv_6_5_2_valid-gelu-maxpool_3_1-residual_projected%28conv_8_3_2%29-avgpool_5-flatten-dropout_0.25-dense_10/,
  );
  // 156; (3*3*6+1)*8 and (6+1)*8 within the block; (8+1)*10.
  await expect(page.getByText(/^[\d,]+ parameters$/)).toHaveText("742 parameters");
  await expect(page.getByText(/per step$/)).toHaveText(/^\d+(\.\d+)? kB per step$/);
  await expect(page.getByText(/operations per image$/)).toHaveText(/^\d+(\.\d+)?K operations/);
  await expectTrains(ember);
});

/** A wrong network, the card that says so and in what words, the button, and what it leads to. */
const WRONG: [
  what: string,
  layers: string,
  at: string,
  says: RegExp,
  mend: string,
  after: string[],
][] = [
  [
    "a dense layer after a map",
    "conv_4_3-dense_10",
    "Output",
    /Put a flatten layer before it/,
    "Add Flatten before it",
    ["Convolution 1", "Flatten", "Output"],
  ],
  [
    "a convolution after a vector",
    "flatten-conv_4_3-dense_10",
    "Convolution 1",
    /Move it before the flatten layer/,
    "Move it before Flatten",
    ["Convolution 1", "Flatten", "Output"],
  ],
  [
    "two flatten layers",
    "flatten-flatten-dense_10",
    "Flatten 2",
    /flat already/,
    "Remove it",
    ["Flatten", "Output"],
  ],
  [
    "no output",
    "flatten-dense_8-relu",
    "Activation",
    /must end in a dense layer with 10 units/,
    "Add Dense with 10 units",
    ["Flatten", "Dense 1", "Activation", "Output"],
  ],
  [
    "an output of another size",
    "flatten-dense_12",
    "Output",
    /10 units, one per class/,
    "Set units to 10",
    ["Flatten", "Output"],
  ],
  [
    "a block that changes the shape",
    "residual(conv_4_3_2)-flatten-dense_10",
    "Residual block 1",
    /Switch its projection on/,
    "Turn on projection",
    ["Residual block 1", "Convolution 1", "Flatten", "Output"],
  ],
  [
    "a kernel larger than what it looks at, within a block",
    "maxpool_4-residual(maxpool_3_1-conv_4_7_1_valid)-flatten-dense_10",
    "Convolution 1",
    /window of 7 x 7 is larger/,
    "Set kernel to 5",
    ["Max pool 1", "Residual block 1", "Max pool 2", "Convolution 1", "Flatten", "Output"],
  ],
  [
    "a number out of range",
    "flatten-dense_5000-relu-dense_10",
    "Dense 1",
    /is 5,000, which is too large/,
    "Set units to 4096",
    ["Flatten", "Dense 1", "Activation", "Output"],
  ],
];

for (const [what, layers, at, says, mend, after] of WRONG) {
  test(`${what}: the card says so and can be mended`, async ({ open, page }) => {
    const ember = await open(`device=cpu&batch=4&layers=${encodeURIComponent(layers)}`);
    const wrong = page
      .locator("li")
      .filter({ has: card(page, at) })
      .last();
    await expect(wrong).toContainText(says);
    const button = wrong.getByRole("button", { name: mend, exact: true });
    await button.click();
    await expectCards(page, after);
    await expect(page.getByText(says)).toHaveCount(0);
    // The button is gone; the focus stays nearby.
    await expect(page.locator("[data-tour=architecture] :focus")).toHaveCount(1);
    await expect(ember.button("Train")).toBeEnabled();
  });
}

test("a mend that only leads to the next fault is not the end: both are mended in turn", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&batch=4&layers=flatten-conv_4_3-maxpool_2-dense_10");
  await page.getByRole("button", { name: "Move it before Flatten" }).click();
  await page.getByRole("button", { name: "Move it before Flatten" }).click();
  await expectCards(page, ["Convolution 1", "Max pool", "Flatten", "Output"]);
  await expectTrains(ember);
});

test("no mend is offered where none would do", async ({ open, page }) => {
  // Valid windows shrink the map by a border, which no 1x1 convolution can follow.
  await open("device=cpu&layers=residual(conv_4_3_1_valid)-flatten-dense_10&frozen=0_2");
  await expect(page.getByText(/No 1 x 1 convolution can bridge that/).last()).toBeVisible();
  // The other problem's mend comes with all that are offered.
  await expect(page.getByRole("button", { name: "Let all layers learn" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Turn on projection" })).toHaveCount(0);
});

test("frozen layers are named in the address, follow their layers, and may not be all", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&batch=8");
  await page.getByRole("button", { name: "Freeze Dense 1" }).click();
  await expect(page).toHaveURL(/frozen=1/);
  // A layer before it moves it down by one.
  await choose(page, "Dense 1", "Add before…");
  await page.getByRole("menuitem", { name: "Dropout" }).click();
  await expect(page).toHaveURL(/frozen=2/);
  await expectTrains(ember);
  for (const name of ["Dense 2", "Output"]) {
    await page.getByRole("button", { name: `Freeze ${name}` }).click();
  }
  await expect(page.getByText(/nothing is left to learn/).last()).toBeVisible();
  await page.getByRole("button", { name: "Let all layers learn" }).click();
  await expect(page.getByRole("button", { name: /^Freeze/, pressed: true })).toHaveCount(0);
});

test("the diagram says in words what it shows, and opens large with a table", async ({
  open,
  page,
}) => {
  await open("device=cpu&preset=Small%20ResNet");
  const diagram = page.getByRole("img", { name: "Diagram of the network" });
  await expect(diagram).toHaveAccessibleDescription(
    /^From left to right: Image 1×28×28, Convolution 1 8×28×28, .*Output 10\. .*Residual block 3/,
  );
  const opener = page.getByRole("button", { name: "Show the network large" });
  await opener.click();
  const dialog = page.getByRole("dialog", { name: "Network" });
  const row = dialog.getByRole("row", { name: /^Residual block 2/ });
  await expect(row).toContainText("16×14×14");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`at ${width}x${height} every card fits its column`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    await open(
      "device=cpu&layers=conv_128_11_2_valid-residual_projected(conv_256_3)-avgpool_2-flatten-dense_1024-relu-dense_10",
    );
    const settings = page.locator("summary").filter({ hasText: "Settings" });
    if (await settings.isVisible()) await settings.click();
    await expect(card(page, "Dense 1")).toContainText("1024");
    const column = await page.locator("[data-tour=architecture]").boundingBox();
    for (const element of await page
      .locator("[data-tour=architecture] :is(li, button, select, span)")
      .all()) {
      const box = await element.boundingBox();
      // The round button between two cards stands in the margin, for the mouse only.
      if (!box || box.width <= 1) continue;
      expect(box.x + box.width).toBeLessThanOrEqual((column?.x ?? 0) + (column?.width ?? 0) + 1);
    }
  });
}
