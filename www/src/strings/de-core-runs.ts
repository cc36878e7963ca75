/** What the core says of runs, checkpoints and devices, in German. */

import type { CoreSentence } from "../generated/sentences";

export const runs = {
  "There is no run yet. Create one first.": "Es gibt noch keinen Lauf. Erst einen beginnen.",
  "Nothing has been begun that could go on. Begin it first.":
    "Nichts ist begonnen, was weitergehen könnte. Erst damit beginnen.",
  "Epoch {begun} has begun already. Set at least {begun} epochs, or reset.":
    "Epoche {begun} hat schon begonnen. Mindestens {begun} als Epochen einstellen oder Zurücksetzen drücken.",
  "The loss is not a number any more: with a learning rate of {rate} the steps are too large. Lower the learning rate, then reset.":
    "Der Verlust ist keine Zahl mehr: Mit einer Lernrate von {rate} sind die Schritte zu groß. Die Lernrate verringern, dann Zurücksetzen drücken.",
  "The run is to be evaluated on {images} images, and there are {there}. Use another checkpoint.":
    "Der Lauf soll auf {images} Bildern ausgewertet werden, und es gibt {there}. Einen anderen Speicherstand verwenden.",
  "The last step was cut short. Start a new run.":
    "Der letzte Schritt wurde abgebrochen. Einen neuen Lauf beginnen.",
  "An image of {values} finite grey values is expected, from 0 to 255.":
    "Erwartet wird ein Bild von {values} endlichen Grauwerten von 0 bis 255.",
  "There is no class {class}: choose one from 0 to {last}.":
    "Eine Klasse {class} gibt es nicht: Eine von 0 bis {last} wählen.",

  "There are no images to judge by. Load some, then ask again.":
    "Es gibt keine Bilder, nach denen zu urteilen wäre. Welche laden, dann noch einmal versuchen.",
  "At least 2 classes are needed to tell apart, not {classes}.":
    "Zum Unterscheiden sind mindestens 2 Klassen nötig, nicht {classes}.",
  "{images} images of {classes} classes need one score for each image and class, but there are {scores} scores. Give as many labels as images and the classes of the network.":
    "Jedes Bild braucht für jede Klasse eine Bewertung (Bilder: {images}, Klassen: {classes}, Bewertungen: {scores}). So viele Labels wie Bilder und die Klassen des Netzes angeben.",
  "Image {image} has the label {label}, but the network only knows the classes 0 to {last}. Use a network with more classes or leave such images out.":
    "Bild {image} ist von der Klasse {label}, und das Netz kennt nur die Klassen 0 bis {last}. Ein Netz mit mehr Klassen verwenden oder solche Bilder weglassen.",
  "The network's score for image {image} is not a finite number: its weights have grown too large. Lower the learning rate, then train again.":
    "Was das Netz zu Bild {image} sagt, ist keine endliche Zahl: Seine Gewichte sind zu groß geworden. Die Lernrate verringern, dann noch einmal trainieren.",
  "The scores of image {image} are no probabilities: they must not be negative and must add up to 1, but add up to {sum}. Give logits as logits.":
    "Die Bewertungen von Bild {image} sind keine Wahrscheinlichkeiten: Sie dürfen nicht negativ sein und müssen zusammen 1 ergeben, ergeben aber {sum}. Logits als Logits angeben.",

  "This is not a checkpoint of Emberlab. Choose a file that was saved by it.":
    "Das ist kein Checkpoint von Emberlab. Eine Datei wählen, die hier gesichert wurde.",
  "The checkpoint is of version {found} and this page reads version {known}. Open it with the version of Emberlab that saved it.":
    "Der Checkpoint ist von Version {found}, und diese Seite liest Version {known}. Ihn mit der Version von Emberlab öffnen, die ihn gesichert hat.",
  "The checkpoint says what no run is: {error}. Save it anew.":
    "Der Checkpoint beschreibt etwas, was kein Lauf ist: {error}. Ihn neu sichern.",
  "The checkpoint is damaged: it was cut short or changed since it was saved. Use another copy of it.":
    "Der Checkpoint ist beschädigt: Er wurde abgeschnitten oder verändert, seit er gesichert wurde. Eine andere Kopie verwenden.",
  "The run was saved with {saved} images added by hand, and here are {found}: it would go on with other images. Start a run of its spec instead.":
    "Von Hand hinzugefügte Bilder: {saved}, als der Lauf gesichert wurde, und {found} hier. Er ginge mit anderen Bildern weiter. Stattdessen mit seinen Einstellungen einen neuen Lauf beginnen.",
  "Nothing of the checkpoint fits this network: the two differ from layer {layer} on, and no layer with weights comes before it. Fine-tune a network that begins as the checkpoint's does.":
    "Nichts vom Checkpoint passt zu diesem Netz: Von Schicht {layer} an sind die beiden verschieden, und davor kommt keine Schicht mit Gewichten. Ein Netz feintrainieren, das wie das des Checkpoints beginnt.",
  "The weights do not belong to this network: it has {expected} arrays of numbers, here are {found}. Restore them into the network they were saved from.":
    "Die Gewichte gehören nicht zu diesem Netz (Listen von Zahlen: {expected} im Netz, {found} hier). Sie in das Netz zurückholen, aus dem sie gesichert wurden.",
  "The weights do not belong to this network: it has {expected} numbers, here are {found}.":
    "Die Gewichte gehören nicht zu diesem Netz (Zahlen: {expected} im Netz, {found} hier).",
  "The weights do not belong to this network: array {array} has the shape {found} with {values} numbers, not {expected}. Restore them into the network they were saved from.":
    "Die Gewichte gehören nicht zu diesem Netz: Liste {array} hat die Form {found} (Zahlen: {values}), nicht {expected}. Sie in das Netz zurückholen, aus dem sie gesichert wurden.",
  "What the optimizer remembers does not belong to this network. Use another checkpoint.":
    "Was der Optimierer sich gemerkt hat, gehört nicht zu diesem Netz. Einen anderen Checkpoint verwenden.",

  "The device stopped answering: {why}. Start a new run.":
    "Das Gerät antwortet nicht mehr: {why}. Einen neuen Lauf beginnen.",
  "WebGPU could not be started: {error}. Choose the CPU instead.":
    "WebGPU konnte nicht gestartet werden: {error}. Stattdessen die CPU wählen.",
  "WebGPU does not compute what the processor does (a difference of {difference} on the self-test). Update the browser or the graphics driver, or choose the CPU.":
    "WebGPU rechnet anders als der Prozessor (ein Unterschied von {difference} beim Selbsttest). Den Browser oder den Grafiktreiber aktualisieren oder die CPU wählen.",
  "This build of the core has no {device}. Choose the CPU, or load the build that has it.":
    "Dieser Kern ist ohne {device} gebaut. Die CPU wählen oder den Kern laden, der es hat.",
} satisfies Partial<Record<CoreSentence, string>>;
