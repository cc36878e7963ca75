/** What the core says where the settings, the network or a sweep cannot be as they are, in German. */

import type { CoreSentence } from "../generated/sentences";
import { architecture } from "./de-architecture";
import { schedules } from "./de-fields";

const { layers } = architecture;
const constant = `den Zeitplan „${schedules.constant}“ wählen`;

export const settings = {
  "{name} is not a number.": "{name}: Das ist keine Zahl.",
  "{name} is {value}, not a whole number.": "{name}: {value} ist keine ganze Zahl.",
  "{name} is {value}, which is too small.": "{name}: {value} ist zu klein.",
  "{name} is {value}, which is too large.": "{name}: {value} ist zu groß.",
  "Use a whole number from {min} to {max}.": "Nötig ist eine ganze Zahl von {min} bis {max}.",
  "Use a number from {min} to {max}.": "Nötig ist eine Zahl von {min} bis {max}.",
  "This is not of the expected form: {fault}.": "Das hat nicht die erwartete Form: {fault}.",
  "This is not of the expected form: there is no such setting.":
    "Das hat nicht die erwartete Form: Diese Einstellung gibt es nicht.",

  "The warm-up takes {warmup} epochs, and the run is over after {epochs}. Shorten the warm-up or train longer.":
    "Der Lauf ist nicht länger als das Aufwärmen (Epochen: {epochs}, zum Aufwärmen: {warmup}). Das Aufwärmen verkürzen oder länger trainieren.",
  "The learning rate would first fall after {every} epochs, when the run of {epochs} is over. Let it fall more often, train longer, or choose a constant rate.": `Die Lernrate fiele zum ersten Mal nach {every} Epochen, und dann ist der Lauf mit seinen {epochs} vorbei. Sie öfter fallen lassen, länger trainieren oder ${constant}.`,
  "The learning rate would wait {patience} epochs for an improvement, and the run is over after {epochs}. Wait for fewer, train longer, or choose a constant rate.": `Die Lernrate würde {patience} Epochen lang auf eine Verbesserung warten, und der Lauf ist nach {epochs} vorbei. Sie kürzer warten lassen, länger trainieren oder ${constant}.`,
  "There is no layer {layer} to freeze. Freeze one of the {layers}.":
    "Eine Schicht {layer} zum Einfrieren gibt es nicht. Eine einfrieren, die es gibt (Schichten im Netz: {layers}).",
  "Every layer with weights is frozen, so that nothing is left to learn. Let at least one go free.":
    "Alle Schichten mit Gewichten sind eingefroren, nichts bleibt zu lernen. Mindestens eine lernen lassen.",
  "All {images} training images would be held out for validation. Hold out fewer, so that some are left to train on.":
    "Alle {images} Trainingsbilder würden zur Validierung zurückgehalten. Weniger zurückhalten, damit welche zum Trainieren bleiben.",
  "The batch of {batch} is larger than the {left} images that are left to train on. Use a smaller batch, or hold out fewer images.":
    "Ein Batch der Größe {batch} ist größer als das, was zum Trainieren bleibt ({left}). Die Batchgröße verkleinern oder weniger Bilder zurückhalten.",
  "The batch of {batch} is larger than the {images} training images. Use a smaller batch, or hold out and leave out fewer images.":
    "Ein Batch der Größe {batch} ist größer als die Zahl der Trainingsbilder ({images}). Die Batchgröße verkleinern oder weniger Bilder zurückhalten und weglassen.",
  "{shares} shares are given for {classes} classes. Give at most {classes}.":
    "{shares} Anteile sind angegeben, Klassen gibt es nur {classes}. Höchstens {classes} angeben.",
  "No class is left to train on. Keep some of at least one class.":
    "Keine Klasse bleibt zum Trainieren. Von mindestens einer etwas behalten.",

  "{channels} x {height} x {width}": "{channels} × {height} × {width}",
  "A dense layer takes a plain vector, but here comes a map of {input}. Put a flatten layer before it.": `Eine dichte Schicht nimmt einen Vektor, und hier kommt eine Karte von {input} an. Davor „${layers.flatten}“ einfügen.`,
  "This layer needs an image, but here comes a plain vector of {features}. Move it before the flatten layer.": `Diese Schicht braucht ein Bild, und hier kommt ein Vektor der Länge {features} an. Sie vor „${layers.flatten}“ verschieben.`,
  "The signal is flat already. Remove this flatten layer.": `Hier ist schon alles ein Vektor. Dieses „${layers.flatten}“ entfernen.`,
  "The block makes {output} of {input}, so its input cannot be added to its output.":
    "Der Block macht {output} aus {input}: Seine Eingabe lässt sich nicht zur Ausgabe addieren.",
  "Switch its projection on, or keep the shape.":
    "Seine Projektion einschalten oder die Form beibehalten.",
  "No 1 x 1 convolution can bridge that: keep the shape, or only add channels and strides.":
    "Keine Faltung von 1 × 1 überbrückt das: Die Form beibehalten oder nur Kanäle und Schritte vergrößern.",
  "A window of {size} x {size} is larger than its input of {input}. Use at most {extent}, or drop a pooling layer before it.":
    "Ein Fenster von {size} × {size} ist größer als seine Eingabe von {input}. Höchstens {extent} verwenden oder davor eine Pooling-Schicht weglassen.",
  "The network must end in a dense layer with {classes} units, one per class. Add one at the end.":
    "Das Netz muss mit einer dichten Schicht von {classes} Einheiten enden, einer je Klasse. Eine solche anhängen.",
  "The network has {millions} million parameters; a browser tab holds {most} million. Use fewer units or filters.":
    "Das Netz hat {millions} Millionen Parameter, ein Browser-Tab fasst {most} Millionen. Weniger Einheiten oder Filter verwenden.",
  "A training step needs about {gigabytes} GB; a browser tab holds {most} GB. Use a smaller batch, or fewer units or filters.":
    "Ein Trainingsschritt braucht etwa {gigabytes} GB, ein Browser-Tab fasst {most} GB. Die Batchgröße verkleinern oder weniger Einheiten oder Filter verwenden.",

  "Nothing is swept. Choose at least one setting and its values.":
    "Die Versuchsreihe hat nichts zu versuchen. Mindestens eine Einstellung und ihre Werte wählen.",
  "The {setting} is swept already. Give all its values at once.":
    "{setting}: Das kommt in der Versuchsreihe schon vor. Alle Werte auf einmal angeben.",
  "No {setting} is given. Give at least one.":
    "{setting}: Kein Wert ist angegeben. Mindestens einen angeben.",
  "The {setting} has names, not numbers. Give a list.":
    "{setting}: Hier gibt es Namen, keine Zahlen. Eine Liste angeben.",
  "The {setting} is a number, not “{word}”. Give numbers.":
    "{setting}: „{word}“ ist keine Zahl. Zahlen angeben.",
  "There is no {setting} “{value}”. Choose among {names}.":
    "{setting}: „{value}“ gibt es nicht. Zur Wahl stehen {names}.",
  "{item} is in the list already. Give each value once.":
    "{item} steht schon in der Liste. Jeden Wert nur einmal angeben.",
  "The range ends at {to}, but starts at {from}. Let it end higher.":
    "Der Bereich endet bei {to}, beginnt aber bei {from}. Er muss höher enden.",
  "A range of equal factors cannot start at 0. Start above it, or use equal distances.":
    "Ein Bereich gleicher Verhältnisse kann nicht bei 0 beginnen. Darüber beginnen oder gleiche Abstände verwenden.",
  "The grid has {combinations} combinations, and at most {most} are tried. Use fewer values, or a random search.":
    "Das Raster hat {combinations} Kombinationen, und höchstens {most} werden versucht. Weniger Werte verwenden oder einige zufällig versuchen.",
  "There are only {combinations} different combinations. Ask for no more trials than that, or give more values.":
    "So viele verschiedene Kombinationen gibt es nicht, nur {combinations}. Nicht mehr Versuche verlangen oder mehr Werte angeben.",
  "With {choices}: {fault}": "Mit {choices}: {fault}",
  "There is no such name. Choose one that is listed.":
    "Diesen Namen gibt es nicht. Einen aus der Liste wählen.",
  "This optimizer has no momentum to set. Choose SGD or RMSprop for it.":
    "Dieser Optimierer hat kein Momentum. Dafür SGD oder RMSprop wählen.",
  "This optimizer has no weight decay. Choose AdamW or Lion for it, or sweep L2.":
    "Dieser Optimierer hat keine Gewichtsabnahme. Dafür AdamW oder Lion wählen, oder L2 statt ihrer.",
  "The network has no activation layer. Add one first.":
    "Das Netz hat keine Aktivierung. Erst eine einfügen.",
  "The network has no dropout layer. Add one first.":
    "Das Netz hat keine Dropout-Schicht. Erst eine einfügen.",
  "The network has no hidden dense layer. Add one first.":
    "Das Netz hat keine verborgene dichte Schicht. Erst eine einfügen.",
  "The network has no convolution. Add one first.":
    "Das Netz hat keine Faltung. Erst eine einfügen.",
} satisfies Partial<Record<CoreSentence, string>>;
