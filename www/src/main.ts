import "@fontsource-variable/atkinson-hyperlegible-mono/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { mount } from "svelte";

import App from "./app/App.svelte";
import { Session } from "./state/session.svelte";
import { Tour } from "./state/tour.svelte";
import { readUrl } from "./state/url";
import { View } from "./state/view.svelte";
import { LANGUAGE } from "./strings";
import { whyNoWebgpu } from "./trainer/webgpu";

document.documentElement.lang = LANGUAGE;

const request = readUrl(location.search);
const session = new Session(request, {
  spawn: () =>
    new Worker(new URL("./worker/training.worker.ts", import.meta.url), {
      type: "module",
      // By this the worker knows the language of what it says.
      name: LANGUAGE,
    }),
  threads: request.threads,
  // Browsers without WebGPU have no `gpu`, whatever its type says.
  whyNoWebgpu: (allowSoftware) => whyNoWebgpu(navigator.gpu, allowSoftware),
  dataFolder: new URL("data/mnist/", document.baseURI).href,
});

const target = document.getElementById("app");
if (!target) throw new Error("The page has no place for the app.");
mount(App, {
  target,
  props: {
    session,
    view: new View(request.tab),
    tour: new Tour(request.tour && !request.embed),
    embed: request.embed,
  },
});
session.start(request.autostart);
