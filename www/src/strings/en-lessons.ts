/** The questions of the course and their answers, in English. */

import type { LessonName } from "../app/learn/lessons";

interface LessonWords {
  question: string;
  /** Paragraphs. */
  answer: string[];
  /** What the button does that sets the page. */
  show: string;
}

export const lessons = {
  data: {
    question: "What is in the data?",
    answer: [
      "MNIST holds 70,000 grey pictures of handwritten digits, each 28 by 28 pixels, each with the digit it shows: 60,000 to train on and 10,000 to test with. The ten digits are about equally common.",
      "All were brought to one size and centred by their mass. A network that has seen nothing else knows nothing else: a digit in a corner, or in thin strokes, is news to it.",
    ],
    show: "Look at the images",
  },
  normalize: {
    question: "Why normalize the pixels?",
    answer: [
      "A pixel is a number from 0 to 255. Numbers of that size make the first outputs huge: the loss starts far above the 2.303 (ln 10) of guessing, and the first steps only repair that.",
      "Less their mean and divided by their standard deviation, pixels have the size that the usual first weights and learning rates are made for. Mean and deviation are taken from the training images: the test images have no say in anything.",
    ],
    show: "Train on raw pixels",
  },
  validation: {
    question: "Why a validation split?",
    answer: [
      "What a network gets right among the images it learned from says little: it may know them by heart. So some are held out, not to learn from, but to look at: by them one chooses learning rate, architecture, and when to stop.",
      "Whoever chooses long enough adapts to the validation images as well. That is what the test images are for: they come last, and nothing is chosen by them.",
    ],
    show: "Hold out a fifth",
  },
  activation: {
    question: "Which activation?",
    answer: [
      "Without a bend between them, any number of dense layers is one linear map. ReLU passes what is positive and makes the rest zero: cheap, and its gradient does not shrink. It is the usual choice.",
      "Sigmoid and tanh are flat at both ends, and in a deep stack hardly any gradient gets through to the first layers. ReLU’s own weakness are units that are zero for every image and so never learn again; leaky ReLU leaves them a way back.",
    ],
    show: "Stack eight sigmoid layers",
  },
  loss: {
    question: "Which loss?",
    answer: [
      "Softmax turns the ten outputs into probabilities. Cross-entropy is minus the logarithm of what the right class got: 0 for certain and right, 2.303 for all ten alike, without limit for certain and wrong.",
      "Accuracy only counts. It moves in jumps and has no gradient, so one trains on the loss and reports the accuracy. The two can disagree: train for long, and the validation loss may rise while the accuracy stays, as the last mistakes are made with ever more certainty.",
    ],
    show: "Train for 20 epochs",
  },
  rate: {
    question: "How do batch size and learning rate interact?",
    answer: [
      "A step follows the gradient of one batch. Small batches give many noisy steps in an epoch; large ones give few smooth steps, and more images per second.",
      "Fewer steps have to go further. With SGD, a rule of thumb multiplies the learning rate by as much as the batch, up to where it becomes unstable; with Adam, rather by the root of that. Too high: the loss jumps, rises, or is no longer a number. Too low: it falls, but slowly. Start here and raise the rate while it trains; Rate finder tries them all in one go.",
    ],
    show: "Large batch, low rate",
  },
  matrix: {
    question: "What does the matrix say?",
    answer: [
      "A row is what a digit is, a column what the network takes it for. The diagonal is right; all else is a mistake that has a name, such as 4 for 9. Along a row you see how many of a digit are found (recall), down a column how far an answer can be trusted (precision).",
      "An accuracy hides which digits it is made of. Leave one out of training: the accuracy falls by about its share, but the matrix shows an empty column, and where those digits end up.",
    ],
    show: "Leave out the fives",
  },
  regularize: {
    question: "How to keep it from learning by heart?",
    answer: [
      "With enough weights and few images, a network fits them all and still fails on new ones: it overfits. Dropout silences a random share of units in each step, so that none can be relied on. L2 and weight decay keep weights small, label smoothing asks for less certainty, early stopping ends in time. More images help most.",
      "All of them make the training loss worse. What counts is the validation.",
    ],
    show: "Overfit on 100 images of each digit",
  },
  augment: {
    question: "More images for nothing?",
    answer: [
      "Turned by a few degrees, moved by a pixel or two, a digit stays the same digit, and is a new image to the network. Distorted afresh every time, the images teach it what does not matter.",
      "A distortion must leave the meaning alone: a mirrored 2 is no digit, and a 6 turned upside down is a 9. Validation and test images stay as they are. Compare this run with the one before: the same images, distorted.",
    ],
    show: "The same 100, distorted",
  },
  schedule: {
    question: "Why change the learning rate on the way?",
    answer: [
      "Large steps get far at the start, small ones settle at the end. Cosine, step and exponential decay fall from the beginning; one cycle first rises to a peak; on plateau waits until the validation stops improving. A warm-up spares the first steps, when gradients are wild.",
      "Most schedules are plans for a number of epochs: decide on those first.",
    ],
    show: "Ride one cycle",
  },
  compare: {
    question: "Is it really better?",
    answer: [
      "Another seed means other first weights and another order of images, and so another accuracy. And the measure itself is coarse: 98 % of 10,000 images has a standard error of 0.14 %.",
      "So change one thing at a time, run each several times with other seeds, and compare the means. Some differences are beyond doubt: on a processor and with seed 1, MLP reached 97.79 % of the test images and CNN 98.96 %, and took forty times as long.",
    ],
    show: "The CNN, beside earlier runs",
  },
  save: {
    question: "How to keep what was learned?",
    answer: [
      "What was learned are the weights: 109,386 numbers in the MLP. To go on as if nothing had happened one also needs the optimizer’s memory and the place in the order of images: a checkpoint holds all three.",
      "To repeat a run one needs none of it. The seed decides all that is chance, and on a processor a second run gives the same numbers to the last digit. All settings are in this page’s address: a link is a whole experiment.",
    ],
    show: "Train one epoch, and save it",
  },
  deploy: {
    question: "How to put it to use?",
    answer: [
      "A trained network is a function from 784 numbers to ten probabilities, and runs wherever these can be multiplied: here it does so in your browser. It needs its images prepared as in training: same size, same centring, same normalization. Most failures in use come from there.",
      "And it has no answer but a digit. A letter or a blot becomes one too, often with great certainty. Where mistakes matter, watch for images unlike those it learned from, and let a person see them.",
    ],
    show: "Train LeNet-5, and draw for it",
  },
} satisfies Record<LessonName, LessonWords>;
