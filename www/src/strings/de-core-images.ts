/** What the core says of images and of the files they come in, in German. */

import type { CoreSentence } from "../generated/sentences";

export const images = {
  "it has more than {most} images. Use fewer.":
    "Das sind mehr als {most} Bilder. Bitte weniger verwenden.",
  "it has more than {most} pictures. Use fewer.":
    "Das sind mehr als {most} Bilder. Bitte weniger verwenden.",
  "it has no class.": "Es gibt keine Klasse.",
  "it has only one class.": "Es gibt nur eine Klasse.",
  "There must be at least {fewest} to tell apart.":
    "Es müssen mindestens {fewest} sein, damit etwas zu unterscheiden ist.",
  "it has {classes} classes. At most {most} can be told apart.":
    "Das sind {classes} Klassen. Höchstens {most} lassen sich unterscheiden.",

  "line {line}": "Zeile {line}",
  "line {line}, column {column}": "Zeile {line}, Spalte {column}",
  "the label is missing.": "Die Klasse fehlt.",
  "the pixel is missing.": "Der Pixel fehlt.",
  "Fill in a whole number from 0 to {most}.": "Eine ganze Zahl von 0 bis {most} eintragen.",
  "the label {value} is too large.": "Die Klasse {value} ist zu groß.",
  "the pixel {value} is too large.": "Der Pixel {value} ist zu groß.",
  "It must be from 0 to {most}.": "Erlaubt ist 0 bis {most}.",
  "the label “{found}” is not a whole number from 0 to {most}.":
    "Die Klasse „{found}“ ist keine ganze Zahl von 0 bis {most}.",
  "the pixel “{found}” is not a whole number from 0 to {most}.":
    "Der Pixel „{found}“ ist keine ganze Zahl von 0 bis {most}.",
  "too few columns: {columns} instead of {expected}, the label and {side} x {side} pixels.":
    "Zu wenige Spalten: {columns} statt {expected}, nämlich die Klasse und {side} × {side} Pixel.",
  "too many columns: {columns} instead of {expected}, the label and {side} x {side} pixels.":
    "Zu viele Spalten: {columns} statt {expected}, nämlich die Klasse und {side} × {side} Pixel.",
  "The line is empty; take it out.": "Die Zeile ist leer: bitte entfernen.",
  "It uses semicolons; save it with commas.":
    "Zwischen den Werten stehen Semikolons: bitte mit Kommas speichern.",
  "It uses tabs; save it with commas.":
    "Zwischen den Werten stehen Tabulatoren: bitte mit Kommas speichern.",

  "it lies in no folder. Put each picture into a folder named after its class.":
    "Das Bild liegt in keinem Ordner. Jedes Bild gehört in einen Ordner, der nach seiner Klasse heißt.",
  "“{class}” is no class. Put a folder for each class into it.":
    "„{class}“ ist keine Klasse. Darin gehört für jede Klasse ein Ordner.",
  "it holds no pictures: none of its {files} files ends in .{endings}.":
    "Darin sind keine Bilder: Keine der Dateien ({files}) endet auf .{endings}.",
  "file {path} is none of its pictures.": "Datei {path} ist keines der Bilder.",
  "the picture is empty: it has no pixels.": "Das Bild ist leer: Es hat keine Pixel.",
  "the picture is {width} x {height}; at most {most} x {most} can be read. Make it smaller.":
    "Das Bild hat {width} × {height} Pixel, und höchstens {most} × {most} lassen sich lesen. Bitte verkleinern.",
  "the picture is {width} x {height}, which takes {expected} values; it has {values}. Its file may be damaged.":
    "Das Bild hat {width} × {height} Pixel, was {expected} Werte braucht; da sind {values}. Vielleicht ist die Datei beschädigt.",
  "the picture could not be read.": "Das Bild konnte nicht gelesen werden.",
  "the picture could not be read, nor could {others} others.":
    "Das Bild konnte nicht gelesen werden, ebenso wenig {others} weitere.",
  "Take it out, or save it as PNG.": "Bitte herausnehmen oder als PNG speichern.",

  "this is not a zip archive.": "Das ist kein Zip-Archiv.",
  "the archive is cut off: its directory is missing. Fetch or make it again.":
    "Das Archiv ist abgeschnitten: Sein Verzeichnis fehlt. Bitte neu erstellen oder noch einmal holen.",
  "its directory is damaged. Fetch or make the archive again.":
    "Das Verzeichnis des Archivs ist beschädigt. Bitte neu erstellen oder noch einmal holen.",
  "its place in the archive is damaged. Fetch or make it again.":
    "Diese Stelle des Archivs ist beschädigt. Bitte neu erstellen oder noch einmal holen.",
  "its contents do not match their checksum. Make or fetch the archive again.":
    "Der Inhalt passt nicht zu seiner Prüfsumme. Das Archiv neu erstellen oder noch einmal holen.",
  "it is encrypted. Make the archive without a password.":
    "Die Datei ist verschlüsselt. Das Archiv ohne Passwort erstellen.",
  "it is packed by a method that cannot be read. Make the archive with plain Deflate.":
    "Die Datei ist mit einem Verfahren gepackt, das hier nicht gelesen werden kann. Das Archiv mit Deflate erstellen.",
  "it is larger than 4 GB.": "Die Datei ist größer als 4 GB.",
  "it unpacks to more than {most} GB. Use fewer or smaller files.":
    "Ausgepackt sind es mehr als {most} GB. Bitte weniger oder kleinere Dateien verwenden.",

  "the file has {bytes} bytes, too few for an IDX header. It was cut off; fetch it again.":
    "Die Datei ist zu kurz für einen IDX-Kopf (Bytes: {bytes}). Sie wurde abgeschnitten: bitte noch einmal holen.",
  "the file ends inside its header. It was cut off; fetch it again.":
    "Die Datei endet mitten in ihrem Kopf. Sie wurde abgeschnitten: bitte noch einmal holen.",
  "this is not an IDX file: it does not start with two zero bytes.":
    "Das ist keine IDX-Datei: Sie beginnt nicht mit zwei Null-Bytes.",
  "It is still gzipped.": "Sie ist noch mit gzip gepackt.",
  "its values are of type {kind}; only unsigned bytes (0x08) can be read.":
    "Die Werte sind vom Typ {kind}, und nur vorzeichenlose Bytes (0x08) lassen sich lesen.",
  "it has {dimensions} dimensions; labels have 1 and images have 3.":
    "Die Zahl der Dimensionen ist {dimensions}; bei Klassen ist sie 1, bei Bildern 3.",
  "it holds nothing: one of its dimensions is zero.":
    "Die Datei ist leer: Eine ihrer Dimensionen ist null.",
  "its header claims {count} items of {height} x {width}; at most {most} of {side} x {side} can be read.":
    "Nach ihrem Kopf hat die Datei {count} Einträge von {height} × {width}, und höchstens {most} von {side} × {side} lassen sich lesen.",
  "the file is cut off: its header promises {expected} bytes of values, {found} follow. Fetch it again.":
    "Die Datei ist abgeschnitten: Ihr Kopf verspricht {expected} Bytes, es folgen {found}. Bitte noch einmal holen.",
  "the file is too long: its header promises {expected} bytes of values, {found} follow. It is not what its header says.":
    "Die Datei ist zu lang: Ihr Kopf verspricht {expected} Bytes, es folgen {found}. Sie ist nicht, was ihr Kopf sagt.",
  "it holds labels, and so does {other}. Choose the images too.":
    "Die Datei enthält Klassen, und {other} auch. Auch die Bilder wählen.",
  "it holds images, and so does {other}. Choose the labels too.":
    "Die Datei enthält Bilder, und {other} auch. Auch die Klassen wählen.",
  "it holds {images} images, and {other} holds {labels} labels. Choose two files of the same set.":
    "Die Zahl der Bilder ({images}) ist nicht die der Klassen in {other} ({labels}). Zwei Dateien desselben Datensatzes wählen.",

  "it holds images where labels were expected.":
    "Die Datei enthält Bilder, erwartet wurden Klassen.",
  "it holds labels where images were expected.":
    "Die Datei enthält Klassen, erwartet wurden Bilder.",
  "it holds the label {label}; the classes are 0 to {last}.":
    "Die Datei enthält die Klasse {label}, und es gibt nur 0 bis {last}.",
  "its labels differ from those loaded already. Reload the page.":
    "Die Klassen sind andere als die schon geladenen. Die Seite neu laden.",
  "its images are {height} x {width}, not {wanted}.":
    "Die Bilder haben {height} × {width} Pixel, nicht {wanted}.",
  "with it there are {images} images, but only {labels} labels.":
    "Damit sind es mehr Bilder ({images}), als Klassen dazu da sind ({labels}).",
  "The training images are still arriving: {arrived} of {all} are here. Wait for the last, then add yours.":
    "Die Trainingsbilder sind noch unterwegs, bisher {arrived} von {all}. Auf das letzte warten, dann das eigene hinzufügen.",
  "The new image: it has {pixels} pixels instead of {size}.":
    "Das neue Bild: Es hat {pixels} Pixel statt {size}.",
  "The new image: its class is {label}; the classes are 0 to {last}.":
    "Das neue Bild: Seine Klasse ist {label}, und es gibt nur 0 bis {last}.",
  "The new image: {most} have been added, and more cannot be.":
    "Das neue Bild: {most} sind schon hinzugefügt, mehr geht nicht.",
  "Image {index} is not here: {ready} have arrived. Wait, or ask for another.":
    "Bild {index} ist nicht da (angekommen: {ready}). Warten oder ein anderes verlangen.",
  "The labels have not been loaded yet. Load them before a run is made.":
    "Die Klassen der Bilder sind noch nicht geladen. Erst laden, dann einen Lauf beginnen.",
  "Only {ready} of the {all} test images have been loaded. Wait for the rest, then try again.":
    "Erst {ready} von {all} Testbildern geladen. Auf den Rest warten, dann noch einmal versuchen.",
  "Only {ready} of the {all} training images, among which the validation images are, have been loaded. Wait for the rest, then try again.":
    "Erst {ready} von {all} Trainingsbildern geladen, unter denen die Validierungsbilder sind. Auf den Rest warten, dann noch einmal versuchen.",
  "No training images have been imported. Import some first.":
    "Es wurden keine Trainingsbilder eingelesen. Erst welche einlesen.",

  "The training set": "Trainingsbilder",
  "The test set": "Testbilder",
  "{set} has {labels} labels for {images} images. Each needs one.":
    "{set}: {images}, mit Klassen für {labels}. Jedes Bild braucht eine.",
  "{set} has the label {label}, which is none of its {classes} classes.":
    "{set}: Die Klasse {label} ist keine der {classes} Klassen.",
  "{set} would have {images} images.": "{set}: Es wären {images}.",
  "{set} would have {images} images, a fifth of each class kept for testing.":
    "{set}: Es wären {images}, wenn ein Fünftel jeder Klasse zum Testen behalten wird.",
  "There must be at least {least}. Bring more.":
    "Nötig: mindestens {least}. Bitte mehr Bilder wählen.",
  "There must be at most {most}. Use fewer.":
    "Erlaubt: höchstens {most}. Bitte weniger Bilder wählen.",
  "The test images show the class “{class}”, and no training image does. Add some, or leave it out.":
    "Die Testbilder zeigen die Klasse „{class}“, und kein Trainingsbild zeigt sie. Welche hinzunehmen oder die Klasse weglassen.",
  "The spec is for {asked} classes and the data that is loaded has {found}.":
    "Die Einstellungen sind für {asked} Klassen, und die geladenen Daten haben {found}.",
  "The spec is for a data set of {train} training and {test} test images, and the one that is loaded has {loaded_train} and {loaded_test}.":
    "Die Einstellungen sind für einen Datensatz von {train} Trainings- und {test} Testbildern, und der geladene hat {loaded_train} und {loaded_test}.",
  "The spec is for MNIST, and a data set of your own is loaded.":
    "Die Einstellungen sind für MNIST, und geladen ist ein eigener Datensatz.",
  "The spec is for a data set of your own, and MNIST is loaded.":
    "Die Einstellungen sind für einen eigenen Datensatz, und geladen ist MNIST.",
  "Load the data set the spec was made for, or make the spec anew for this one.":
    "Den passenden Datensatz laden oder die Einstellungen für diesen neu wählen.",
} satisfies Partial<Record<CoreSentence, string>>;
