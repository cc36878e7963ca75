// What the page is before and beside training: its layout, its names, its address, its choice of device.

import { expect, test } from "./fixtures";

test("at desktop width controls, curves and matrix are all in view", async ({ open, page }) => {
  const ember = await open("device=cpu");
  for (const part of [
    ember.button("Train"),
    ember.number("Learning rate"),
    ember.number("Batch size"),
    ember.number("Epochs"),
    ember.select("Optimizer"),
    page.getByRole("img", { name: "Loss", exact: true }),
    page.getByRole("img", { name: "Accuracy", exact: true }),
    ember.matrix,
    ember.status,
  ]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
  const { scrollHeight, clientHeight } = await page
    .locator("html")
    .evaluate(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }));
  expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
});

test("auto passes over a software GPU, says so, and trains on the CPU", async ({ open }) => {
  const ember = await open();
  await expect(ember.select("Device")).toHaveValue("auto");
  await expect(ember.messages.filter({ hasText: /WebGPU.*CPU/ })).toBeVisible();
  expect(await ember.step()).toMatchObject({ device: "cpu", step: 1 });
});

test("the address sets the page, and the page its address", async ({ open, page }) => {
  const ember = await open("preset=CNN&device=ndarray&lr=0.02&batch=128&epochs=3&optimizer=sgd");
  // Edited, so it is no longer the preset it came from; the address still says which that was.
  await expect(ember.select("Device")).toHaveValue("ndarray");
  await expect(ember.select("Optimizer")).toHaveValue("sgd");
  await expect(ember.number("Learning rate")).toHaveValue("0.02");
  await expect(ember.number("Batch size")).toHaveValue("128");
  await expect(ember.number("Epochs")).toHaveValue("3");

  await ember.select("Preset").selectOption("MLP");
  await ember.type("Batch size", "32");
  await expect(page).toHaveURL(/\?(?!.*preset=CNN).*batch=32/);
  await page.reload();
  await expect(ember.number("Batch size")).toHaveValue("32");
});

test("slider and number are twins", async ({ open }) => {
  const ember = await open("device=cpu");
  for (const name of ["Learning rate", "Batch size", "Epochs"]) {
    const before = await ember.number(name).inputValue();
    await ember.slider(name).press("ArrowRight");
    await expect(ember.number(name)).not.toHaveValue(before);
    expect(Number(await ember.number(name).inputValue())).toBeGreaterThan(Number(before));
    await ember.slider(name).press("ArrowLeft");
    await expect(ember.number(name)).toHaveValue(before);
  }
});

test("layers can be added, resized and removed, and the network so made trains", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&batch=16");
  const parameters = page.getByText(/^[\d,]+ parameters$/);
  await expect(parameters).toHaveText("109,386 parameters");
  await page.getByRole("button", { name: "Add dense layer" }).click();
  await ember.type("Dense 3 units", "24");
  await page.getByRole("button", { name: "Add convolution" }).click();
  await ember.type("Convolution 1 filters", "4");
  await page.getByRole("button", { name: "Remove Dense 1" }).click();
  // conv 4 (3x3) and pool 2: 40; dense 784-64: 50,240; 64-24: 1,560; 24-10: 250.
  await expect(parameters).toHaveText("52,090 parameters");
  expect(await ember.step()).toMatchObject({ step: 1, device: "cpu" });
});

test("choosing a preset leaves the run in hand as it is, also after a setting was touched", async ({
  open,
}) => {
  const ember = await open("device=cpu");
  await ember.type("Learning rate", "0.01");
  await ember.type("Epochs", "7");
  await ember.step();
  await ember.select("Preset").selectOption("LeNet-5");
  await expect(ember.number("Learning rate")).toHaveValue("0.001");
  await expect(ember.button("Step")).toBeEnabled();
  expect((await ember.step()).learningRate).toBe(0.01);
  await expect(ember.status).toContainText("of 7");
});

test("a refused number of epochs does not hold up the learning rate", async ({ open }) => {
  const ember = await open("device=cpu&batch=1024&layers=maxpool_4-flatten-dense_10&epochs=500");
  await ember.button("Train").click();
  await expect.poll(async () => (await ember.read()).epoch).toBeGreaterThan(1);
  await ember.pause();
  await ember.type("Epochs", "1");
  await expect(ember.number("Epochs")).toHaveAttribute("aria-invalid", "true");
  await ember.type("Learning rate", "0.25");
  expect((await ember.step()).learningRate).toBe(0.25);
});

for (const [width, height, query] of [
  [390, 844, "device=cpu"],
  [360, 640, "device=cpu"],
  [640, 480, "device=cpu&embed=1"],
] as const) {
  test(`nothing sticks out sideways at ${width}x${height} (?${query})`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    const ember = await open(query);
    await ember.step();
    const { scrollWidth, clientWidth } = await page
      .locator("html")
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
}

test("a run that is over says so and can be prolonged", async ({ open }) => {
  // Almost everything held out, so that an epoch is short.
  const ember = await open(
    "device=cpu&epochs=1&batch=512&layers=maxpool_4-flatten-dense_10&validation=20000",
  );
  await ember.button("Train").click();
  const finished = await ember.until("finished");
  expect(finished.epoch).toBe(1);
  expect(finished.testAccuracy).toBeGreaterThan(0.5);
  expect((await ember.evaluated()).images).toBe(10_000);
});
