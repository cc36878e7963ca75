/** The questions of the course and their answers, in German. */

import type { lessons as en } from "./en-lessons";

export const lessons: typeof en = {
  data: {
    question: "Was steckt in den Daten?",
    answer: [
      "MNIST enthält 70.000 graue Bilder handgeschriebener Ziffern, je 28 mal 28 Pixel groß, jedes mit der Ziffer, die es zeigt: 60.000 zum Trainieren und 10.000 zum Testen. Die zehn Ziffern sind etwa gleich häufig.",
      "Alle wurden auf eine Größe gebracht und nach ihrem Schwerpunkt zentriert. Ein Netz, das nichts anderes gesehen hat, kennt nichts anderes: Eine Ziffer in der Ecke oder in dünnen Strichen ist ihm neu.",
    ],
    show: "Die Bilder ansehen",
  },
  normalize: {
    question: "Wozu die Pixel normalisieren?",
    answer: [
      "Ein Pixel ist eine Zahl von 0 bis 255. Zahlen dieser Größe machen die ersten Ausgaben riesig: Der Verlust beginnt weit über den 2,303 (ln 10) des Ratens, und die ersten Schritte bringen nur das in Ordnung.",
      "Ohne ihren Mittelwert und geteilt durch ihre Standardabweichung haben Pixel die Größe, für die die üblichen Anfangsgewichte und Lernraten gemacht sind. Mittelwert und Abweichung stammen aus den Trainingsbildern: Die Testbilder reden nirgends mit.",
    ],
    show: "Mit rohen Pixeln trainieren",
  },
  validation: {
    question: "Wozu eine Validierung?",
    answer: [
      "Was ein Netz bei den Bildern richtig macht, aus denen es gelernt hat, sagt wenig: Es kann sie auswendig kennen. Darum werden einige zurückgehalten, nicht zum Lernen, sondern zum Nachsehen: Nach ihnen richten sich Lernrate, Architektur und der Zeitpunkt des Aufhörens.",
      "Wer lange genug auswählt, passt sich auch den Validierungsbildern an. Dafür gibt es die Testbilder: Sie kommen zuletzt, und nach ihnen wird nichts ausgewählt.",
    ],
    show: "Ein Fünftel zurückhalten",
  },
  activation: {
    question: "Welche Aktivierung?",
    answer: [
      "Ohne einen Knick dazwischen sind beliebig viele dichte Schichten zusammen eine einzige lineare Abbildung. ReLU lässt Positives durch und macht den Rest zu null: Das ist billig, und der Gradient schrumpft nicht. Es ist die übliche Wahl.",
      "Sigmoid und Tanh sind an beiden Enden flach, und durch einen hohen Stapel kommt kaum ein Gradient bis zu den ersten Schichten. Die Schwäche von ReLU sind Einheiten, die für jedes Bild null sind und so nie wieder lernen; Leaky ReLU lässt ihnen einen Rückweg.",
    ],
    show: "Acht Sigmoid-Schichten stapeln",
  },
  loss: {
    question: "Welcher Verlust?",
    answer: [
      "Softmax macht aus den zehn Ausgaben Wahrscheinlichkeiten. Die Kreuzentropie ist der negative Logarithmus dessen, was die richtige Klasse bekam: 0 für sicher und richtig, 2,303 für alle zehn gleich, ohne Grenze für sicher und falsch.",
      "Die Genauigkeit zählt nur. Sie ändert sich in Sprüngen und hat keinen Gradienten, also trainiert man mit dem Verlust und berichtet die Genauigkeit. Beide können sich widersprechen: Bei langem Training kann der Validierungsverlust steigen, während die Genauigkeit bleibt, weil die letzten Fehler mit immer größerer Sicherheit gemacht werden.",
    ],
    show: "20 Epochen trainieren",
  },
  rate: {
    question: "Wie hängen Batchgröße und Lernrate zusammen?",
    answer: [
      "Ein Schritt folgt dem Gradienten eines Batches. Kleine Batches ergeben viele verrauschte Schritte je Epoche, große ergeben wenige glatte und mehr Bilder je Sekunde.",
      "Weniger Schritte müssen weiter führen. Bei SGD vervielfacht eine Faustregel die Lernrate so wie den Batch, bis es instabil wird; bei Adam eher mit der Wurzel davon. Zu hoch: Der Verlust springt, steigt oder ist keine Zahl mehr. Zu niedrig: Er fällt, aber langsam. Beginnen Sie hier, und erhöhen Sie die Rate während des Trainings; die Lernratensuche probiert alle auf einmal.",
    ],
    show: "Großer Batch, niedrige Rate",
  },
  matrix: {
    question: "Was sagt die Matrix?",
    answer: [
      "Eine Zeile ist, was eine Ziffer ist, eine Spalte, wofür das Netz sie hält. Die Diagonale ist richtig; alles andere ist ein Fehler mit einem Namen, etwa 4 für 9. Entlang einer Zeile sieht man, wie viele einer Ziffer gefunden werden (Trefferquote), entlang einer Spalte, wie weit einer Antwort zu trauen ist (Präzision).",
      "Eine Genauigkeit verbirgt, aus welchen Ziffern sie besteht. Fehlt eine im Training, fällt die Genauigkeit etwa um ihren Anteil; die Matrix aber zeigt eine leere Spalte, und wo diese Ziffern landen.",
    ],
    show: "Die Fünfen weglassen",
  },
  regularize: {
    question: "Was hilft gegen Auswendiglernen?",
    answer: [
      "Mit genug Gewichten und wenigen Bildern trifft ein Netz sie alle und versagt doch bei neuen: Es ist überangepasst. Dropout schaltet in jedem Schritt einen zufälligen Teil der Einheiten stumm, sodass auf keine Verlass ist. L2 und Gewichtsabnahme halten Gewichte klein, Label-Glättung verlangt weniger Sicherheit, früher Abbruch hört rechtzeitig auf. Am meisten helfen mehr Bilder.",
      "All das macht den Trainingsverlust schlechter. Was zählt, ist die Validierung.",
    ],
    show: "100 Bilder je Ziffer auswendig lernen",
  },
  augment: {
    question: "Mehr Bilder umsonst?",
    answer: [
      "Um einige Grad gedreht, um ein, zwei Pixel verschoben, bleibt eine Ziffer dieselbe und ist für das Netz ein neues Bild. Jedes Mal neu verzerrt, lehren die Bilder, worauf es nicht ankommt.",
      "Eine Verzerrung muss die Bedeutung lassen: Eine gespiegelte 2 ist keine Ziffer, und eine auf den Kopf gestellte 6 ist eine 9. Validierungs- und Testbilder bleiben, wie sie sind. Vergleichen Sie diesen Lauf mit dem vorigen: dieselben Bilder, verzerrt.",
    ],
    show: "Dieselben 100, verzerrt",
  },
  schedule: {
    question: "Wozu die Lernrate unterwegs ändern?",
    answer: [
      "Große Schritte kommen am Anfang weit, kleine finden am Ende zur Ruhe. Kosinus, Stufen und exponentieller Abfall fallen von Beginn an; ein Zyklus steigt erst zu einem Höchstwert; „bei Stillstand“ wartet, bis die Validierung nicht mehr besser wird. Aufwärmen schont die ersten Schritte, in denen die Gradienten wild sind.",
      "Die meisten Zeitpläne gelten für eine Zahl von Epochen: Legen Sie die zuerst fest.",
    ],
    show: "Einen Zyklus fahren",
  },
  compare: {
    question: "Ist es wirklich besser?",
    answer: [
      "Ein anderer Startwert heißt: andere Anfangsgewichte, andere Reihenfolge der Bilder und so eine andere Genauigkeit. Auch das Maß ist grob: 98 % von 10.000 Bildern haben einen Standardfehler von 0,14 %.",
      "Ändern Sie also immer nur eins, wiederholen Sie jeden Lauf mit anderen Startwerten, und vergleichen Sie die Mittelwerte. Manche Unterschiede sind unstrittig: Auf einem Prozessor und mit Startwert 1 erreichte MLP 97,79 % der Testbilder und CNN 98,96 %, in vierzigfacher Zeit.",
    ],
    show: "Das CNN, neben früheren Läufen",
  },
  save: {
    question: "Wie bleibt das Gelernte erhalten?",
    answer: [
      "Gelernt sind die Gewichte: 109.386 Zahlen beim MLP. Um weiterzumachen, als wäre nichts gewesen, braucht man außerdem das Gedächtnis des Optimierers und die Stelle in der Reihenfolge der Bilder: Ein Checkpoint enthält alle drei.",
      "Um einen Lauf zu wiederholen, braucht man nichts davon. Der Startwert entscheidet alles Zufällige, und auf einem Prozessor ergibt ein zweiter Lauf dieselben Zahlen bis zur letzten Stelle. Alle Einstellungen stehen in der Adresse dieser Seite: Ein Link ist ein ganzes Experiment.",
    ],
    show: "Eine Epoche trainieren und sichern",
  },
  deploy: {
    question: "Wie kommt es zum Einsatz?",
    answer: [
      "Ein trainiertes Netz ist eine Funktion von 784 Zahlen zu zehn Wahrscheinlichkeiten und läuft überall, wo sich diese multiplizieren lassen: hier in Ihrem Browser. Seine Bilder müssen vorbereitet sein wie im Training: gleiche Größe, gleiche Zentrierung, gleiche Normalisierung. Die meisten Fehler im Einsatz kommen daher.",
      "Und es hat keine Antwort als eine Ziffer. Auch ein Buchstabe oder ein Klecks wird zu einer, oft mit großer Sicherheit. Wo Fehler etwas kosten, achten Sie auf Bilder, die den gelernten nicht gleichen, und lassen Sie einen Menschen darauf sehen.",
    ],
    show: "LeNet-5 trainieren und ihm vorzeichnen",
  },
};
