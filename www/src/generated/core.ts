// Generated from the Rust core by `EMBERLAB_GENERATE=1 cargo test generated`; do not edit.

/**
 * Everything that defines a run. On the CPU two runs of equal spec give the same numbers: on the same build,
 * and, with relaxed SIMD, on processors that round alike; in as many threads.
 */
export type RunSpec = { 
/**
 * The network.
 */
model: ModelSpec, 
/**
 * How it is trained.
 */
train: TrainSpec, 
/**
 * What it is trained on.
 */
data: DataSpec, };

/**
 * A network as the list of its layers, from the image to the logits.
 */
export type ModelSpec = { 
/**
 * In order of computation. The last one must be dense with one unit per class.
 */
layers: Array<LayerSpec>, 
/**
 * How the weights are drawn before training.
 */
initializer: Initializer, };

/**
 * How initial weights are drawn. `fan_in` and `fan_out` count a weight's inputs and outputs, a
 * convolution's kernel area included.
 */
export type Initializer = { "type": "pytorch" } | { "type": "kaimingUniform" } | { "type": "kaimingNormal" } | { "type": "xavierUniform" } | { "type": "xavierNormal" } | { "type": "zeros" } | { "type": "normal", 
/**
 * The standard deviation.
 */
std: number, };

/**
 * The learning rate over a run, as factors of [`TrainSpec::learning_rate`].
 */
export type ScheduleSpec = { 
/**
 * Epochs over which the rate first rises linearly from zero; may be a fraction.
 */
warmupEpochs: number, 
/**
 * What follows.
 */
decay: Decay, };

/**
 * How the learning rate falls.
 */
export type Decay = { "type": "constant" } | { "type": "step", 
/**
 * Epochs between two falls.
 */
every: Count, 
/**
 * What is left at each.
 */
factor: number, } | { "type": "exponential", 
/**
 * What is left after an epoch.
 */
factor: number, } | { "type": "cosine" } | { "type": "oneCycle", 
/**
 * Share of the run that the rise takes.
 */
rise: number, } | { "type": "onPlateau", 
/**
 * What is left.
 */
factor: number, 
/**
 * Epochs without improvement that are put up with.
 */
patience: Count, };

/**
 * What is added to the loss, or to the targets, to keep the network from learning by heart.
 */
export type Regularization = { 
/**
 * Times the sum of absolute parameters, added to the loss.
 */
l1: number, 
/**
 * Times half the sum of squared parameters, added to the loss.
 */
l2: number, 
/**
 * Share of each target that is spread evenly over all classes (Szegedy et al., 2016).
 */
labelSmoothing: number, 
/**
 * Longest Euclidean length of all gradients together; 0 for no limit.
 */
clipNorm: number, };

/**
 * Stopping once the validation loss no longer falls, and going back to the best weights.
 */
export type EarlyStopping = { 
/**
 * Epochs without improvement that are put up with.
 */
patience: Count, };

/**
 * One layer of a network.
 */
export type LayerSpec = { "type": "dense", 
/**
 * Output features.
 */
units: Count, } | { "type": "conv2d", 
/**
 * Output channels.
 */
filters: Count, 
/**
 * Side of the square kernel, in pixels.
 */
kernel: Count, 
/**
 * Pixels between two applications of the kernel.
 */
stride: Count, 
/**
 * What happens at the border.
 */
padding: Padding, } | { "type": "maxPool2d", 
/**
 * Side of the window, in pixels.
 */
size: Count, 
/**
 * Pixels between two windows.
 */
stride: Count, } | { "type": "avgPool2d", 
/**
 * Side of the window, in pixels.
 */
size: Count, 
/**
 * Pixels between two windows.
 */
stride: Count, } | { "type": "globalAvgPool" } | { "type": "flatten" } | { "type": "batchNorm" } | { "type": "layerNorm" } | { "type": "dropout", 
/**
 * The share, 0 up to but not 1.
 */
rate: number, } | { "type": "residual", 
/**
 * Between the two ends of the skip connection; no activation follows the sum by itself.
 */
layers: Array<LayerSpec>, 
/**
 * Bring the input to the inner layers' output shape by a 1x1 convolution where they
 * differ.
 */
projection: boolean, } | { "type": "activation", 
/**
 * Which one.
 */
function: Activation, };

/**
 * How a convolution treats the border.
 */
export type Padding = "same" | "valid";

/**
 * Element-wise non-linearities, with the field's usual constants.
 */
export type Activation = "relu" | "leakyRelu" | "elu" | "gelu" | "silu" | "sigmoid" | "tanh";

/**
 * The training recipe.
 */
export type TrainSpec = { 
/**
 * Which rule turns gradients into updates.
 */
optimizer: OptimizerSpec, 
/**
 * Step size of the optimizer.
 */
learningRate: number, 
/**
 * Images per step.
 */
batchSize: Count, 
/**
 * Passes over the training images.
 */
epochs: Count, 
/**
 * Seeds the initial weights, the validation split, the shuffles and dropout.
 */
seed: Count, 
/**
 * How the learning rate changes over the run.
 */
schedule: ScheduleSpec, 
/**
 * What keeps the weights small and the outputs humble.
 */
regularization: Regularization, 
/**
 * Layers that stay as they are, by their index: for a run that starts from another's weights.
 */
frozen: Array<Count>, 
/**
 * When to stop before all epochs are trained, if at all.
 */
earlyStopping: EarlyStopping | null, };

/**
 * The optimizer and its own parameters.
 */
export type OptimizerSpec = { "type": "sgd", 
/**
 * Share of the previous update that is kept, 0 up to but not 1.
 */
momentum: number, 
/**
 * Look ahead along the momentum before the gradient is used (Nesterov).
 */
nesterov: boolean, } | { "type": "rmsProp", 
/**
 * Decay of the mean of squared gradients.
 */
alpha: number, 
/**
 * Share of the previous update that is kept.
 */
momentum: number, 
/**
 * Added to the denominator.
 */
epsilon: number, } | { "type": "adagrad", 
/**
 * Added to the denominator.
 */
epsilon: number, } | { "type": "adam", 
/**
 * Decay of the mean of gradients.
 */
beta1: number, 
/**
 * Decay of the mean of squared gradients.
 */
beta2: number, 
/**
 * Added to the denominator.
 */
epsilon: number, } | { "type": "adamW", 
/**
 * Decay of the mean of gradients.
 */
beta1: number, 
/**
 * Decay of the mean of squared gradients.
 */
beta2: number, 
/**
 * Added to the denominator.
 */
epsilon: number, 
/**
 * Share of each weight that is taken away per unit of learning rate.
 */
weightDecay: number, } | { "type": "lion", 
/**
 * Weight of the mean of gradients against the newest one, for the step.
 */
beta1: number, 
/**
 * Decay of the mean of gradients.
 */
beta2: number, 
/**
 * Share of each weight that is taken away per unit of learning rate.
 */
weightDecay: number, };

/**
 * What the network learns from.
 */
export type DataSpec = { 
/**
 * Which images.
 */
dataset: DatasetSpec, 
/**
 * How many of the training images are held out for validation, the same share of each class.
 */
validationImages: Count, 
/**
 * How pixels become numbers.
 */
normalization: Normalization, 
/**
 * How training images are distorted, anew in every epoch.
 */
augmentation: AugmentSpec, 
/**
 * How the training set is spoiled, to see what bad data does.
 */
sabotage: SabotageSpec, };

/**
 * The images a run is for.
 */
export type DatasetSpec = "mnist" | { "own": { 
/**
 * How many classes it has.
 */
classes: Count, 
/**
 * How many training images it has, before any are held out for validation.
 */
trainingImages: Count, 
/**
 * How many test images it has.
 */
testImages: Count, 
/**
 * Mean of the training images' pixels, with white as 1.
 */
mean: number, 
/**
 * Standard deviation of the training images' pixels, with white as 1.
 */
deviation: number, } };

/**
 * How the bytes of an image become the network's input.
 */
export type Normalization = "none" | "unit" | "half" | "meanStd";

/**
 * How strongly training images are distorted. Each is the largest distortion in either direction,
 * of which every image draws its own amount evenly; 0 is off. Where a value is not given it is
 * that of [`Default`], with everything off.
 */
export type AugmentSpec = { 
/**
 * Degrees by which the image is turned about its centre.
 */
rotation: number, 
/**
 * Pixels by which it is moved, horizontally and vertically, fractions included.
 */
shift: number, 
/**
 * Share by which it is made larger or smaller: 0.2 is a factor from 0.8 to 1.2.
 */
zoom: number, 
/**
 * Degrees by which its upright lines lean.
 */
shear: number, 
/**
 * Pixels that scale the random displacements of an elastic distortion before they are
 * smoothed: Simard's alpha, 34 in the paper. Displacements come out about 25 times smaller.
 */
elasticAlpha: number, 
/**
 * Pixels over which the displacements are smoothed: Simard's sigma, 4 in the paper. Without
 * effect where alpha is 0.
 */
elasticSigma: number, 
/**
 * Share of the range from black to white by which all pixels become lighter or darker.
 */
brightness: number, 
/**
 * Share by which pixels move away from or towards the image's mean: 0.2 is a factor from 0.8 to 1.2.
 */
contrast: number, 
/**
 * Standard deviation of the noise on each pixel, as a share of the range from black to white.
 */
noise: number, 
/**
 * Side, in pixels, of a square painted black at a random place (DeVries and Taylor, 2017); it
 * may reach over the border.
 */
cutout: Count, };

/**
 * The ranges of [`AugmentSpec`]'s values.
 */
export type AugmentLimits = { 
/**
 * Degrees.
 */
rotation: Range, 
/**
 * Pixels.
 */
shift: Range, 
/**
 * Share of the size.
 */
zoom: Range, 
/**
 * Degrees.
 */
shear: Range, 
/**
 * Pixels before smoothing.
 */
elasticAlpha: Range, 
/**
 * Pixels.
 */
elasticSigma: Range, 
/**
 * Share of the range from black to white.
 */
brightness: Range, 
/**
 * Share of the contrast.
 */
contrast: Range, 
/**
 * Share of the range from black to white.
 */
noise: Range, 
/**
 * Pixels.
 */
cutout: Range, };

/**
 * How the training set is spoiled. Where a value is not given, that sabotage is off.
 */
export type SabotageSpec = { 
/**
 * Share of the labels that are replaced by another class, drawn evenly from those that are
 * left; 0 is off.
 */
labelNoise: number, 
/**
 * Share of each class, from class 0 on, that is kept; classes past the list's end are kept
 * whole, so an empty list is off.
 */
keep: Array<number>, 
/**
 * At most so many examples of each class; 0 is off.
 */
examplesPerClass: Count, 
/**
 * The class whose examples are all left out, or none.
 */
missingClass: Count | null, };

/**
 * The ranges of [`SabotageSpec`]'s values. The missing class is limited by the data set's classes.
 */
export type SabotageLimits = { 
/**
 * Share of the labels.
 */
labelNoise: Range, 
/**
 * Share of a class.
 */
keep: Range, 
/**
 * Images.
 */
examplesPerClass: Range, };

/**
 * What may change while a run goes on; absent fields stay as they are.
 */
export type Changes = { 
/**
 * Acts from the next step on.
 */
learningRate?: number, 
/**
 * May not be fewer than have been trained already.
 */
epochs?: Count, };

/**
 * A number that must be whole, exactly as it was given.
 *
 * Kept as a float until [`validate`] has seen it, so that 12.5 units or `NaN` epochs become a
 * sentence beside the control instead of a parse error without an address.
 */
export type Count = number;

/**
 * A complete spec with a name.
 */
export type Preset = "MLP" | "MLP, 80/20 split" | "CNN" | "CNN, two convs then pool" | "CNN with batch norm" | "LeNet-5" | "Small ResNet" | "Fast 99";

/**
 * How a slider spreads a range.
 */
export type Scale = "linear" | "log";

/**
 * The inclusive range of one value.
 */
export type Range = { 
/**
 * Smallest allowed value.
 */
min: number, 
/**
 * Largest allowed value.
 */
max: number, 
/**
 * Where the slider starts, although smaller values can be typed.
 */
sliderMin: number, 
/**
 * Where the slider ends, although larger values can be typed.
 */
sliderMax: number, 
/**
 * How a slider spreads the range.
 */
scale: Scale, 
/**
 * Whether only whole numbers make sense.
 */
whole: boolean, };

/**
 * The table of all limits.
 */
export type Limits = { 
/**
 * Number of layers.
 */
layers: Range, 
/**
 * Units of a dense layer.
 */
units: Range, 
/**
 * Filters of a convolution.
 */
filters: Range, 
/**
 * Side of a convolution's kernel.
 */
kernel: Range, 
/**
 * Side of a pooling window.
 */
pool: Range, 
/**
 * Stride of a convolution or a pooling window.
 */
stride: Range, 
/**
 * Trainable numbers in the whole network.
 */
parameters: Range, 
/**
 * Estimated bytes a training step holds.
 */
memoryBytes: Range, 
/**
 * Learning rate.
 */
learningRate: Range, 
/**
 * Images per step.
 */
batchSize: Range, 
/**
 * Passes over the training images.
 */
epochs: Range, 
/**
 * Threads that share a batch.
 */
threads: Range, 
/**
 * Random seed.
 */
seed: Range, 
/**
 * Momentum of SGD and RMSprop.
 */
momentum: Range, 
/**
 * A decay of running means, as in Adam and RMSprop.
 */
beta: Range, 
/**
 * The number added to a denominator.
 */
epsilon: Range, 
/**
 * Decoupled weight decay.
 */
weightDecay: Range, 
/**
 * Rate of dropout.
 */
dropout: Range, 
/**
 * Standard deviation of initial weights.
 */
initialStd: Range, 
/**
 * Epochs of linear warm-up.
 */
warmupEpochs: Range, 
/**
 * What is left of the learning rate at a fall.
 */
decayFactor: Range, 
/**
 * Epochs between two falls of the learning rate.
 */
decayEvery: Range, 
/**
 * Share of a one-cycle schedule that the rise takes.
 */
rise: Range, 
/**
 * Epochs without improvement that are put up with.
 */
patience: Range, 
/**
 * Either penalty on the parameters.
 */
penalty: Range, 
/**
 * Label smoothing.
 */
labelSmoothing: Range, 
/**
 * Longest gradient.
 */
clipNorm: Range, 
/**
 * Classes of an own data set.
 */
classes: Range, 
/**
 * Training images of an own data set.
 */
trainingImages: Range, 
/**
 * Test images of an own data set.
 */
testImages: Range, 
/**
 * Mean of all pixels, with white as 1.
 */
pixelMean: Range, 
/**
 * Standard deviation of all pixels, with white as 1.
 */
pixelDeviation: Range, 
/**
 * Images held out for validation.
 */
validationImages: Range, 
/**
 * Trials of a search.
 */
trials: Range, 
/**
 * Values of a range on the grid of a search.
 */
searchValues: Range, 
/**
 * Factor by which a search scales units or filters.
 */
widthScale: Range, 
/**
 * Severity of a corruption.
 */
severity: Range, 
/**
 * Distortions of training images.
 */
augmentation: AugmentLimits, 
/**
 * Spoiling of the training set.
 */
sabotage: SabotageLimits, };

/**
 * One thing that is wrong with a spec.
 */
export type Problem = { 
/**
 * Path of the value it is about, such as `train.learningRate` or `model.layers.2.kernel`.
 */
field: string, 
/**
 * What kind of problem it is.
 */
code: ProblemCode, 
/**
 * What is wrong and how to mend it, in the language of the page.
 */
message: string, };

/**
 * What kind of problem it is.
 */
export type ProblemCode = "malformed" | "not_a_number" | "not_whole" | "out_of_range" | "shape_mismatch" | "output_layer" | "too_large";

/**
 * What [`describe`](crate::model::describe) says of a spec, without training it.
 */
export type Description = { 
/**
 * Everything wrong with the spec; a spec without problems can be trained.
 */
problems: Array<Problem>, 
/**
 * One entry per layer, up to the first that does not fit.
 */
layers: Array<LayerSummary>, 
/**
 * Trainable numbers in all.
 */
parameters: number, 
/**
 * Multiplications and additions of one image's forward pass.
 */
flopsPerImage: number, 
/**
 * The learning rate at up to 200 steps spread evenly over the run; none where its length is not known.
 */
learningRates: Float32Array, 
/**
 * Estimated bytes that a training step holds: weights, gradients, optimizer state and the
 * activations of one batch.
 */
memoryBytes: number, };

/**
 * What one layer makes of its input.
 */
export type LayerSummary = { 
/**
 * `[features]` or `[channels, height, width]`.
 */
outputShape: Array<number>, 
/**
 * Trainable numbers.
 */
parameters: number, 
/**
 * Multiplications and additions of one image's forward pass.
 */
flops: number, 
/**
 * The layers within a residual block; none for any other layer. Their numbers are part of the
 * block's.
 */
inner: Array<LayerSummary>, };

/**
 * The devices a run can train on.
 */
export type DeviceName = "webgpu" | "cpu" | "ndarray";

/**
 * The device that was opened, for the page to name.
 */
export type DeviceReport = { 
/**
 * Which one.
 */
device: DeviceName, 
/**
 * In words, adapter included where there is one.
 */
label: string, };

/**
 * Where a run stands.
 */
export type RunState = "idle" | "warming" | "running" | "paused" | "finished" | "failed";

/**
 * The threads that a run is to have beside the worker's own.
 */
export type HelpWanted = { 
/**
 * How many.
 */
helpers: number, 
/**
 * What for.
 */
work: HelpersWork, };

/**
 * What the helpers of a run do.
 */
export type HelpersWork = "batches" | "evaluations";

/**
 * The two parts of the data that a run is evaluated on.
 */
export type Split = "validation" | "test";

/**
 * The two parts a data set comes in.
 */
export type Part = "train" | "test";

/**
 * The data there is, for the page to tell.
 */
export type DataReport = { 
/**
 * What a spec says that is for these images.
 */
dataset: DatasetSpec, 
/**
 * What each class is called, from class 0 on.
 */
classNames: Array<string>, 
/**
 * Training images that have arrived, those added by hand included.
 */
trainingImages: number, 
/**
 * Test images that have arrived.
 */
testImages: number, 
/**
 * Training images added by hand.
 */
addedImages: number, };

/**
 * What a run trains on, class by class, from class 0 on.
 */
export type TrainingDistribution = { 
/**
 * Images that are trained as each class.
 */
trained: Uint32Array, 
/**
 * Those among `trained` that sabotage gave a wrong label.
 */
mislabelled: Uint32Array, 
/**
 * Images of each class that are held out for validation.
 */
validation: Uint32Array, };

/**
 * Figures of a set of images.
 */
export type SetStatistics = { 
/**
 * How many images there are of each class, from class 0 on.
 */
classCounts: Uint32Array, 
/**
 * `[height * width]`, row by row: the mean of each pixel over all images, 0 to 255.
 */
meanImage: Float32Array, 
/**
 * `[classes, height * width]`: the same over the images of each class; black for a class
 * without images.
 */
classMeans: Float32Array, 
/**
 * Mean of all pixels, with white as 1.
 */
mean: number, 
/**
 * Standard deviation of all pixels about that mean (divided by their number, as PyTorch's
 * recipes do), with white as 1.
 */
deviation: number, };

/**
 * Whether a picture shows dark ink on light ground or the reverse.
 */
export type Polarity = "automatic" | "darkOnLight" | "lightOnDark";

/**
 * A file in an archive.
 */
export type ZipEntry = { 
/**
 * Its path, as the archive has it.
 */
path: string, 
/**
 * How it is packed.
 */
packing: ZipPacking, 
/**
 * Where its packed bytes lie in the archive; always within it.
 */
bytes: { start: number, end: number, }, 
/**
 * How many bytes it unpacks to. Stop unpacking where it is more.
 */
size: number, };

/**
 * How a file is packed.
 */
export type ZipPacking = "stored" | "deflated";

/**
 * What an `advance` brought: the steps trained since the last one, and where the run stands now.
 *
 * The three vectors are of equal length, one number per step; the last belongs to `step`.
 */
export type Progress = { 
/**
 * Where the run stands.
 */
state: RunState, 
/**
 * The epoch in hand, from 1; 0 before the first step.
 */
epoch: number, 
/**
 * Epochs this run shall train.
 */
epochs: number, 
/**
 * Steps trained so far.
 */
step: number, 
/**
 * Steps of one epoch.
 */
stepsPerEpoch: number, 
/**
 * Cross-entropy of each step's batch before its update, in nats.
 */
losses: Float32Array, 
/**
 * Share of each step's batch that was classified correctly before its update.
 */
accuracies: Float32Array, 
/**
 * Learning rate of each step.
 */
learningRates: Float32Array, 
/**
 * Evaluations completed, in order.
 */
evaluations: Array<Evaluation>, 
/**
 * How the layers fared in the steps after which an evaluation is due, in order.
 */
vitals: Array<Vitals>, 
/**
 * Threads at work: the worker's own, and its helpers.
 */
threads: number, 
/**
 * Images trained per second over the last second or so, evaluations left out.
 */
imagesPerSecond: number, 
/**
 * The run waits for images that have not been loaded.
 */
waitingForData: boolean, };

/**
 * One look at images that were not trained on.
 */
export type Evaluation = { 
/**
 * Which images.
 */
split: Split, 
/**
 * Steps trained when it was made.
 */
step: number, 
/**
 * The epoch it was made in, from 1.
 */
epoch: number, 
/**
 * How many images were looked at: the sum of `confusion`.
 */
images: number, 
/**
 * Mean cross-entropy, in nats.
 */
loss: number, 
/**
 * Share classified correctly.
 */
accuracy: number, 
/**
 * Counts, `[classes, classes]` row by row: row = true class, column = predicted class.
 */
confusion: Uint32Array, };

/**
 * How the layers of a run fared in one step.
 */
export type Vitals = { 
/**
 * Steps trained, this one included.
 */
step: number, 
/**
 * Norm of the gradient of all layers together, before it is clipped; NaN or infinite where the
 * run diverges.
 */
gradientNorm: number, 
/**
 * The layers that learn something or are ReLUs, or hold such layers, in order.
 */
layers: Array<LayerVitals>, };

/**
 * How one layer fared in one step. Weights are all numbers that it learns: biases, scales and
 * shifts too; those of the layers within a residual block, and its projection, are the block's.
 *
 * Norms are Euclidean lengths of all these numbers as one vector. What would not be finite is none.
 */
export type LayerVitals = { 
/**
 * The layer's index in the spec.
 */
layer: number, 
/**
 * Norm of the weights before the step; none where there are no weights.
 */
weightNorm: number | null, 
/**
 * Norm of the gradient, before it is clipped; none where nothing is learned.
 */
gradientNorm: number | null, 
/**
 * Norm of the weights' change in this step over their norm before it; around a thousandth in
 * a network that learns well. None where there are no weights, or all are zero.
 */
updateRatio: number | null, 
/**
 * The weights before the step.
 */
weights: Histogram | null, 
/**
 * The gradient, before it is clipped.
 */
gradients: Histogram | null, 
/**
 * Share of the ReLU's units (features of a vector, channels of a map) that are zero for every
 * image of the batch and all over it; none where there is no ReLU. No other activation dies. Where
 * several threads share the batch, of the leader's share of it.
 */
deadShare: number | null, };

/**
 * Counts of numbers in bins of equal width. A bin has its lower end, the last one both.
 */
export type Histogram = { 
/**
 * Where the first bin begins: at the smallest number.
 */
from: number, 
/**
 * Where the last bin ends: at the largest number.
 */
to: number, 
/**
 * How many numbers lie in each bin.
 */
counts: Uint32Array, };

/**
 * What a network sees in one image.
 */
export type Inspection = { 
/**
 * What each layer of the spec gives; a residual block counts as one.
 */
layers: Array<LayerActivation>, 
/**
 * `[classes]`, adding up to 1.
 */
probabilities: Float32Array, 
/**
 * The class that `saliency` is of.
 */
class: number, 
/**
 * `[height * width]`: how strongly each pixel moves the logit of `class`, as the magnitude of
 * the logit's gradient by the normalised pixel (Simonyan et al., 2013), the largest of its
 * channels.
 */
saliency: Float32Array, };

/**
 * What one layer gives for one image.
 */
export type LayerActivation = { 
/**
 * `[features]` or `[channels, height, width]`.
 */
outputShape: Array<number>, 
/**
 * As many as the shape multiplies to, channel by channel and row by row.
 */
values: Float32Array, };

/**
 * The weights of one layer, those of each filter or unit next to each other.
 */
export type Filters = { 
/**
 * `[filters, channels, kernel, kernel]` of a convolution, `[units, inputs]` of a dense layer.
 */
shape: Array<number>, 
/**
 * As many as the shape multiplies to. The inputs of a dense layer behind a flatten layer are
 * in the order of the map: channel by channel and row by row.
 */
values: Float32Array, };

/**
 * What went wrong, as a stable code: the page decides by it what to offer next.
 */
export type ErrorCode = "invalid_spec" | "bad_data" | "data_missing" | "device_unavailable" | "self_test_failed" | "device_lost" | "diverged" | "wrong_state";

/**
 * An error of the core: a code for programs and a sentence for people.
 */
export type Error = { 
/**
 * Stable code.
 */
code: ErrorCode, 
/**
 * What is wrong and how to mend it, in one or two plain sentences in the language of the page.
 */
message: string, 
/**
 * Which part of the images it is about, where that is not told by the name of a file.
 */
part?: Part, };

/**
 * How a language says the core's sentences and writes its numbers.
 */
export type Catalogue = { 
/**
 * The translation of each English template, with the same `{holes}`.
 */
sentences: { [key in string]: string }, 
/**
 * What stands between thousands.
 */
thousands: string, 
/**
 * What stands before decimals.
 */
decimal: string, };

/**
 * Everything that scores and labels say about a network.
 *
 * All classes count, also those without an image or never predicted: their precision, recall and F1
 * are 0 where they would be 0 / 0 (scikit-learn's `labels=range(classes), zero_division=0`).
 */
export type Report = { 
/**
 * Images looked at: the sum of `confusion`.
 */
images: number, 
/**
 * Share classified correctly.
 */
accuracy: number, 
/**
 * Share whose true class is among the two with the largest scores; of equal scores the lower
 * class goes first, as it does for the prediction. 1 where there are two classes.
 */
topTwoAccuracy: number, 
/**
 * Mean of `-ln(probability of the true class)`, in nats, the probability held within
 * 2⁻⁵² of 0 and 1, so that no image costs more than 36.
 */
logLoss: number, 
/**
 * Mean of the classes' areas under the ROC curve, those left out that have none; absent where
 * no class has one.
 */
rocAuc?: number, 
/**
 * Class by class.
 */
classes: Array<ClassReport>, 
/**
 * Mean over the classes, each counting the same.
 */
macroAverage: Average, 
/**
 * Mean over the classes, each counting as often as it has images.
 */
weightedAverage: Average, 
/**
 * How far the confidence can be believed.
 */
calibration: Calibration, 
/**
 * Counts, `[classes, classes]` row by row: row = true class, column = predicted class.
 */
confusion: Uint32Array, 
/**
 * Pairs of classes that were confused, the most frequent first; of equally frequent ones the
 * lower true class, then the lower predicted class.
 */
mostConfused: Array<ConfusedPair>, };

/**
 * How well one class is told from the rest.
 */
export type ClassReport = { 
/**
 * Of the images taken for this class, the share that belongs to it; 0 where there are none.
 */
precision: number, 
/**
 * Of the images of this class, the share taken for it; 0 where there are none.
 */
recall: number, 
/**
 * Harmonic mean of precision and recall; 0 where both are.
 */
f1: number, 
/**
 * Images of this class.
 */
support: number, 
/**
 * Area under the ROC curve of this class against the rest: how likely one of its images gets a
 * larger probability of it than another image does, an equal one counting half. Absent where
 * there is no image of the class, or none of the rest.
 */
rocAuc?: number, };

/**
 * Precision, recall and F1, averaged over the classes.
 */
export type Average = { 
/**
 * Mean precision.
 */
precision: number, 
/**
 * Mean recall.
 */
recall: number, 
/**
 * Mean of the F1 values, not the F1 of the means.
 */
f1: number, };

/**
 * How far a network's confidence can be believed.
 */
export type Calibration = { 
/**
 * Expected calibration error, 0 to 1: the distance between accuracy and mean confidence of each
 * bin, averaged over the images (Guo et al., "On Calibration of Modern Neural Networks", 2017).
 */
error: number, 
/**
 * [`BINS`] bins, from 0 to 1.
 */
bins: Array<CalibrationBin>, };

/**
 * The images whose confidence, the probability of the predicted class, lies within a range.
 */
export type CalibrationBin = { 
/**
 * Confidences are greater than this; 0 itself is in the first bin.
 */
lower: number, 
/**
 * Confidences are at most this.
 */
upper: number, 
/**
 * Images in this bin.
 */
count: number, 
/**
 * Mean confidence; absent where there is no image.
 */
confidence?: number, 
/**
 * Share classified correctly; absent where there is no image.
 */
accuracy?: number, };

/**
 * Images of one class that were taken for another.
 */
export type ConfusedPair = { 
/**
 * What they are.
 */
truth: number, 
/**
 * What they were taken for.
 */
predicted: number, 
/**
 * How many images.
 */
count: number, };

/**
 * The ways in which images are spoiled.
 */
export type Corruption = "rotated" | "shifted" | "scaled" | "noisy" | "blurred" | "inverted" | "thick" | "thin";

/**
 * One way to spoil images. A copy is the same for every run, whatever its seed.
 */
export type CorruptionSpec = { 
/**
 * Which way.
 */
kind: Corruption, 
/**
 * How much: 0 leaves images as they are, 5 makes them hard to read even for a person.
 */
severity: Count, };

/**
 * Which images are examined.
 */
export type ExamineRequest = { 
/**
 * All images of this split.
 */
split: Split, 
/**
 * How they are spoiled, if at all.
 */
corruption?: CorruptionSpec, };

/**
 * What an examination found. The vectors hold one entry per image, in the order of the file.
 */
export type Examination = { 
/**
 * What was asked for.
 */
request: ExamineRequest, 
/**
 * Steps trained when it began.
 */
step: number, 
/**
 * Mean cross-entropy, in nats, as in an evaluation: no image's loss is bounded.
 */
loss: number, 
/**
 * Every metric.
 */
report: Report, 
/**
 * Where each image is in the file of its part, from 0: validation images among the training
 * images.
 */
indices: Uint32Array, 
/**
 * True classes.
 */
labels: Uint8Array, 
/**
 * Predicted classes.
 */
predicted: Uint8Array, 
/**
 * Cross-entropy of each image, in nats.
 */
losses: Float32Array, 
/**
 * Class probabilities, `[images, classes]` row by row.
 */
probabilities: Float32Array, };

/**
 * What a range test has found. The vectors are of equal length, one number per step.
 */
export type RangeTestProgress = { 
/**
 * Learning rate of each step, growing by a constant factor.
 */
rates: Float32Array, 
/**
 * Cross-entropy of each step's batch before its update, in nats.
 */
losses: Float32Array, 
/**
 * The losses' exponential moving mean, corrected for its start from nothing.
 */
smoothed: Float32Array, 
/**
 * Whether the test is over: all steps trained, or the loss has burst.
 */
done: boolean, 
/**
 * The rate at which the smoothed loss falls fastest per factor of the rate; absent until the
 * test is over, and where the loss never fell.
 */
suggestion?: number, 
/**
 * The other rule of thumb: a tenth of the rate at which the smoothed loss is smallest. Absent
 * where the suggestion is.
 */
tenthOfMinimum?: number, 
/**
 * The test waits for images that have not been loaded.
 */
waitingForData: boolean, };

/**
 * What is searched, and how.
 */
export type SearchSpec = { 
/**
 * What all trials have in common. Its number of epochs and its early stopping are ignored.
 */
base: RunSpec, 
/**
 * The settings to sweep, each at most once.
 */
axes: Array<SearchAxis>, 
/**
 * Which combinations are tried.
 */
strategy: SearchStrategy, 
/**
 * The budget: epochs that every trial trains.
 */
epochsPerTrial: Count, };

/**
 * One setting to sweep.
 */
export type SearchAxis = { 
/**
 * Which one.
 */
parameter: SearchParameter, 
/**
 * The values it takes.
 */
values: SearchValues, };

/**
 * The values that a setting takes.
 */
export type SearchValues = { "type": "list", 
/**
 * Numbers or names, no two the same.
 */
items: Array<ParameterValue>, } | { "type": "range", 
/**
 * The smallest.
 */
from: number, 
/**
 * The largest.
 */
to: number, 
/**
 * Whether equal distances or equal factors are equally likely.
 */
scale: Scale, 
/**
 * How many of them a grid has, both ends included. A random search draws any.
 */
count: Count, };

/**
 * Which combinations of values are tried.
 */
export type SearchStrategy = { "type": "grid" } | { "type": "random", 
/**
 * How many.
 */
trials: Count, 
/**
 * What draws them.
 */
seed: Count, };

/**
 * A setting that a search sweeps.
 *
 * The order is that in which a trial's choices are made: a momentum is set after the optimizer it
 * belongs to.
 */
export type SearchParameter = "learningRate" | "batchSize" | "optimizer" | "momentum" | "weightDecay" | "schedule" | "warmupEpochs" | "initializer" | "activation" | "normalization" | "dropout" | "l1" | "l2" | "labelSmoothing" | "unitsScale" | "filtersScale" | "examplesPerClass" | "seed";

/**
 * The values a parameter can take.
 */
export type ParameterDomain = { "type": "numbers", 
/**
 * The range.
 */
range: Range, } | { "type": "names", 
/**
 * The names.
 */
names: Array<string>, };

/**
 * A value of a parameter: a number, or one of its names.
 */
export type ParameterValue = number | string;

/**
 * One combination: a run to train.
 */
export type SearchTrial = { 
/**
 * The run.
 */
spec: RunSpec, 
/**
 * What is its own, in the order of the settings.
 */
choices: Array<TrialChoice>, 
/**
 * Trainable numbers of its network.
 */
parameters: number, 
/**
 * Multiplications and additions of one image's forward pass.
 */
flopsPerImage: number, };

/**
 * A setting and the value it has in a trial.
 */
export type TrialChoice = { 
/**
 * Which setting.
 */
parameter: SearchParameter, 
/**
 * Its value.
 */
value: ParameterValue, };

/**
 * What one trial came to, and what it cost.
 */
export type TrialResult = { 
/**
 * Which trial of the plan, from 0.
 */
trial: number, 
/**
 * Its best epoch; absent where it failed before one was over.
 */
best?: BestEpoch, 
/**
 * Trainable numbers of its network.
 */
parameters: number, 
/**
 * Multiplications and additions of one image's forward pass.
 */
flopsPerImage: number, 
/**
 * How long it took.
 */
seconds: number, };

/**
 * The epoch of a trial after which most validation images were classified correctly. The test
 * images take no part: a choice made by them would make their accuracy too good.
 */
export type BestEpoch = { 
/**
 * Share of the validation images classified correctly.
 */
accuracy: number, 
/**
 * Mean cross-entropy of the validation images, in nats.
 */
loss: number, 
/**
 * Which epoch, from 1.
 */
epoch: number, };
