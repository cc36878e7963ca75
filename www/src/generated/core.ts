// Generated from the Rust core by `EMBERLAB_GENERATE=1 cargo test generated`; do not edit.

/**
 * Everything that defines a run. Two runs of equal spec on the same build give the same numbers
 * on the CPU.
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
weightDecay: number, };

/**
 * What the network learns from.
 */
export type DataSpec = { 
/**
 * Which images.
 */
dataset: DatasetName, 
/**
 * How many of the training images are held out for validation, the same share of each class.
 */
validationImages: Count, 
/**
 * How pixels become numbers.
 */
normalization: Normalization, };

/**
 * The data sets that come with the page.
 */
export type DatasetName = "mnist";

/**
 * How the bytes of an image become the network's input.
 */
export type Normalization = "none" | "unit" | "half" | "meanStd";

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
export type Preset = "MLP" | "CNN";

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
 * Images held out for validation.
 */
validationImages: Range, };

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
 * What is wrong and how to mend it.
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
 * The two parts of the data that a run is evaluated on.
 */
export type Split = "validation" | "test";

/**
 * The two parts a data set comes in.
 */
export type Part = "train" | "test";

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
 * What is wrong and how to mend it, in one or two plain sentences.
 */
message: string, };
