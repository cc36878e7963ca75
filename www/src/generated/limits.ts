// Generated from the Rust core by `EMBERLAB_GENERATE=1 cargo test generated`; do not edit.
import type { Corruption, Decay, Initializer, Limits, OptimizerSpec, ParameterDomain, Preset, RunSpec, SearchParameter } from './core';

/** Every range a value of a spec may lie in. */
export const LIMITS: Limits = {
  "layers": {
    "min": 1.0,
    "max": 40.0,
    "sliderMin": 1.0,
    "sliderMax": 40.0,
    "scale": "linear",
    "whole": true
  },
  "units": {
    "min": 1.0,
    "max": 4096.0,
    "sliderMin": 1.0,
    "sliderMax": 1024.0,
    "scale": "log",
    "whole": true
  },
  "filters": {
    "min": 1.0,
    "max": 256.0,
    "sliderMin": 1.0,
    "sliderMax": 128.0,
    "scale": "log",
    "whole": true
  },
  "kernel": {
    "min": 1.0,
    "max": 11.0,
    "sliderMin": 1.0,
    "sliderMax": 7.0,
    "scale": "linear",
    "whole": true
  },
  "pool": {
    "min": 1.0,
    "max": 8.0,
    "sliderMin": 1.0,
    "sliderMax": 4.0,
    "scale": "linear",
    "whole": true
  },
  "stride": {
    "min": 1.0,
    "max": 8.0,
    "sliderMin": 1.0,
    "sliderMax": 4.0,
    "scale": "linear",
    "whole": true
  },
  "parameters": {
    "min": 0.0,
    "max": 20000000.0,
    "sliderMin": 0.0,
    "sliderMax": 20000000.0,
    "scale": "log",
    "whole": true
  },
  "memoryBytes": {
    "min": 0.0,
    "max": 1500000000.0,
    "sliderMin": 0.0,
    "sliderMax": 1500000000.0,
    "scale": "log",
    "whole": true
  },
  "learningRate": {
    "min": 1e-6,
    "max": 10.0,
    "sliderMin": 0.00001,
    "sliderMax": 1.0,
    "scale": "log",
    "whole": false
  },
  "batchSize": {
    "min": 1.0,
    "max": 1024.0,
    "sliderMin": 1.0,
    "sliderMax": 512.0,
    "scale": "log",
    "whole": true
  },
  "epochs": {
    "min": 1.0,
    "max": 1000.0,
    "sliderMin": 1.0,
    "sliderMax": 50.0,
    "scale": "log",
    "whole": true
  },
  "threads": {
    "min": 1.0,
    "max": 8.0,
    "sliderMin": 1.0,
    "sliderMax": 8.0,
    "scale": "linear",
    "whole": true
  },
  "seed": {
    "min": 0.0,
    "max": 4294967295.0,
    "sliderMin": 0.0,
    "sliderMax": 100.0,
    "scale": "linear",
    "whole": true
  },
  "momentum": {
    "min": 0.0,
    "max": 0.999,
    "sliderMin": 0.0,
    "sliderMax": 0.99,
    "scale": "linear",
    "whole": false
  },
  "beta": {
    "min": 0.0,
    "max": 0.9999,
    "sliderMin": 0.5,
    "sliderMax": 0.9999,
    "scale": "linear",
    "whole": false
  },
  "epsilon": {
    "min": 1e-12,
    "max": 0.1,
    "sliderMin": 1e-10,
    "sliderMax": 0.01,
    "scale": "log",
    "whole": false
  },
  "weightDecay": {
    "min": 0.0,
    "max": 10.0,
    "sliderMin": 0.0,
    "sliderMax": 0.5,
    "scale": "linear",
    "whole": false
  },
  "dropout": {
    "min": 0.0,
    "max": 0.95,
    "sliderMin": 0.0,
    "sliderMax": 0.9,
    "scale": "linear",
    "whole": false
  },
  "initialStd": {
    "min": 1e-6,
    "max": 10.0,
    "sliderMin": 0.0001,
    "sliderMax": 1.0,
    "scale": "log",
    "whole": false
  },
  "warmupEpochs": {
    "min": 0.0,
    "max": 1000.0,
    "sliderMin": 0.0,
    "sliderMax": 10.0,
    "scale": "linear",
    "whole": false
  },
  "decayFactor": {
    "min": 0.001,
    "max": 1.0,
    "sliderMin": 0.01,
    "sliderMax": 1.0,
    "scale": "linear",
    "whole": false
  },
  "decayEvery": {
    "min": 1.0,
    "max": 1000.0,
    "sliderMin": 1.0,
    "sliderMax": 20.0,
    "scale": "linear",
    "whole": true
  },
  "rise": {
    "min": 0.01,
    "max": 0.99,
    "sliderMin": 0.05,
    "sliderMax": 0.95,
    "scale": "linear",
    "whole": false
  },
  "patience": {
    "min": 0.0,
    "max": 1000.0,
    "sliderMin": 0.0,
    "sliderMax": 20.0,
    "scale": "linear",
    "whole": true
  },
  "penalty": {
    "min": 0.0,
    "max": 10.0,
    "sliderMin": 0.0,
    "sliderMax": 0.1,
    "scale": "linear",
    "whole": false
  },
  "labelSmoothing": {
    "min": 0.0,
    "max": 0.9,
    "sliderMin": 0.0,
    "sliderMax": 0.5,
    "scale": "linear",
    "whole": false
  },
  "clipNorm": {
    "min": 0.0,
    "max": 1000000.0,
    "sliderMin": 0.0,
    "sliderMax": 10.0,
    "scale": "linear",
    "whole": false
  },
  "classes": {
    "min": 2.0,
    "max": 62.0,
    "sliderMin": 2.0,
    "sliderMax": 62.0,
    "scale": "linear",
    "whole": true
  },
  "trainingImages": {
    "min": 10.0,
    "max": 300000.0,
    "sliderMin": 10.0,
    "sliderMax": 300000.0,
    "scale": "log",
    "whole": true
  },
  "testImages": {
    "min": 1.0,
    "max": 300000.0,
    "sliderMin": 1.0,
    "sliderMax": 300000.0,
    "scale": "log",
    "whole": true
  },
  "pixelMean": {
    "min": 0.0,
    "max": 1.0,
    "sliderMin": 0.0,
    "sliderMax": 1.0,
    "scale": "linear",
    "whole": false
  },
  "pixelDeviation": {
    "min": 0.01,
    "max": 0.5,
    "sliderMin": 0.01,
    "sliderMax": 0.5,
    "scale": "linear",
    "whole": false
  },
  "validationImages": {
    "min": 1.0,
    "max": 20000.0,
    "sliderMin": 100.0,
    "sliderMax": 20000.0,
    "scale": "linear",
    "whole": true
  },
  "trials": {
    "min": 1.0,
    "max": 64.0,
    "sliderMin": 1.0,
    "sliderMax": 64.0,
    "scale": "log",
    "whole": true
  },
  "searchValues": {
    "min": 2.0,
    "max": 64.0,
    "sliderMin": 2.0,
    "sliderMax": 12.0,
    "scale": "linear",
    "whole": true
  },
  "widthScale": {
    "min": 0.015625,
    "max": 64.0,
    "sliderMin": 0.125,
    "sliderMax": 8.0,
    "scale": "log",
    "whole": false
  },
  "severity": {
    "min": 0.0,
    "max": 5.0,
    "sliderMin": 0.0,
    "sliderMax": 5.0,
    "scale": "linear",
    "whole": true
  },
  "augmentation": {
    "rotation": {
      "min": 0.0,
      "max": 180.0,
      "sliderMin": 0.0,
      "sliderMax": 45.0,
      "scale": "linear",
      "whole": false
    },
    "shift": {
      "min": 0.0,
      "max": 14.0,
      "sliderMin": 0.0,
      "sliderMax": 6.0,
      "scale": "linear",
      "whole": false
    },
    "zoom": {
      "min": 0.0,
      "max": 0.9,
      "sliderMin": 0.0,
      "sliderMax": 0.5,
      "scale": "linear",
      "whole": false
    },
    "shear": {
      "min": 0.0,
      "max": 60.0,
      "sliderMin": 0.0,
      "sliderMax": 30.0,
      "scale": "linear",
      "whole": false
    },
    "elasticAlpha": {
      "min": 0.0,
      "max": 200.0,
      "sliderMin": 0.0,
      "sliderMax": 40.0,
      "scale": "linear",
      "whole": false
    },
    "elasticSigma": {
      "min": 1.0,
      "max": 10.0,
      "sliderMin": 1.0,
      "sliderMax": 8.0,
      "scale": "linear",
      "whole": false
    },
    "brightness": {
      "min": 0.0,
      "max": 1.0,
      "sliderMin": 0.0,
      "sliderMax": 0.5,
      "scale": "linear",
      "whole": false
    },
    "contrast": {
      "min": 0.0,
      "max": 0.9,
      "sliderMin": 0.0,
      "sliderMax": 0.7,
      "scale": "linear",
      "whole": false
    },
    "noise": {
      "min": 0.0,
      "max": 1.0,
      "sliderMin": 0.0,
      "sliderMax": 0.5,
      "scale": "linear",
      "whole": false
    },
    "cutout": {
      "min": 0.0,
      "max": 28.0,
      "sliderMin": 0.0,
      "sliderMax": 16.0,
      "scale": "linear",
      "whole": true
    }
  },
  "sabotage": {
    "labelNoise": {
      "min": 0.0,
      "max": 1.0,
      "sliderMin": 0.0,
      "sliderMax": 1.0,
      "scale": "linear",
      "whole": false
    },
    "keep": {
      "min": 0.0,
      "max": 1.0,
      "sliderMin": 0.0,
      "sliderMax": 1.0,
      "scale": "linear",
      "whole": false
    },
    "examplesPerClass": {
      "min": 0.0,
      "max": 1000000.0,
      "sliderMin": 0.0,
      "sliderMax": 6000.0,
      "scale": "linear",
      "whole": true
    }
  }
};

/** The spec each preset stands for. */
export const PRESETS: Record<Preset, RunSpec> = {
  "MLP": {
  "model": {
    "layers": [
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 128.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 64.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 64.0,
    "epochs": 5.0,
    "seed": 2.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "meanStd",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "CNN": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 32.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "conv2d",
        "filters": 64.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 128.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 64.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 64.0,
    "epochs": 5.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "meanStd",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "Fast 99": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 8.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "conv2d",
        "filters": 16.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "conv2d",
        "filters": 32.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 64.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.008,
    "batchSize": 64.0,
    "epochs": 2.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "oneCycle",
        "rise": 0.3
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "meanStd",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "LeNet-5": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 6.0,
        "kernel": 5.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "activation",
        "function": "tanh"
      },
      {
        "type": "avgPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "conv2d",
        "filters": 16.0,
        "kernel": 5.0,
        "stride": 1.0,
        "padding": "valid"
      },
      {
        "type": "activation",
        "function": "tanh"
      },
      {
        "type": "avgPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 120.0
      },
      {
        "type": "activation",
        "function": "tanh"
      },
      {
        "type": "dense",
        "units": 84.0
      },
      {
        "type": "activation",
        "function": "tanh"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 64.0,
    "epochs": 10.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "meanStd",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "Small ResNet": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 8.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "residual",
        "layers": [
          {
            "type": "conv2d",
            "filters": 8.0,
            "kernel": 3.0,
            "stride": 1.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          },
          {
            "type": "activation",
            "function": "relu"
          },
          {
            "type": "conv2d",
            "filters": 8.0,
            "kernel": 3.0,
            "stride": 1.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          }
        ],
        "projection": false
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "residual",
        "layers": [
          {
            "type": "conv2d",
            "filters": 16.0,
            "kernel": 3.0,
            "stride": 2.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          },
          {
            "type": "activation",
            "function": "relu"
          },
          {
            "type": "conv2d",
            "filters": 16.0,
            "kernel": 3.0,
            "stride": 1.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          }
        ],
        "projection": true
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "residual",
        "layers": [
          {
            "type": "conv2d",
            "filters": 32.0,
            "kernel": 3.0,
            "stride": 2.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          },
          {
            "type": "activation",
            "function": "relu"
          },
          {
            "type": "conv2d",
            "filters": 32.0,
            "kernel": 3.0,
            "stride": 1.0,
            "padding": "same"
          },
          {
            "type": "batchNorm"
          }
        ],
        "projection": true
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "globalAvgPool"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.01,
    "batchSize": 64.0,
    "epochs": 5.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "oneCycle",
        "rise": 0.3
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "meanStd",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "CNN with batch norm": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 4.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "conv2d",
        "filters": 16.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "conv2d",
        "filters": 64.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "same"
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 3.0,
        "stride": 2.0
      },
      {
        "type": "flatten"
      },
      {
        "type": "dropout",
        "rate": 0.5
      },
      {
        "type": "dense",
        "units": 128.0
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 32.0
      },
      {
        "type": "batchNorm"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 96.0,
    "epochs": 100.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "half",
    "augmentation": {
      "rotation": 10.0,
      "shift": 2.0,
      "zoom": 0.1,
      "shear": 5.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.2,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "CNN, two convs then pool": {
  "model": {
    "layers": [
      {
        "type": "conv2d",
        "filters": 64.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "valid"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "conv2d",
        "filters": 32.0,
        "kernel": 3.0,
        "stride": 1.0,
        "padding": "valid"
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "maxPool2d",
        "size": 2.0,
        "stride": 2.0
      },
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "xavierUniform"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 32.0,
    "epochs": 10.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 5000.0,
    "normalization": "none",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
  "MLP, 80/20 split": {
  "model": {
    "layers": [
      {
        "type": "flatten"
      },
      {
        "type": "dense",
        "units": 128.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 64.0
      },
      {
        "type": "activation",
        "function": "relu"
      },
      {
        "type": "dense",
        "units": 10.0
      }
    ],
    "initializer": {
      "type": "pytorch"
    }
  },
  "train": {
    "optimizer": {
      "type": "adam",
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-8
    },
    "learningRate": 0.001,
    "batchSize": 32.0,
    "epochs": 10.0,
    "seed": 1.0,
    "schedule": {
      "warmupEpochs": 0.0,
      "decay": {
        "type": "constant"
      }
    },
    "regularization": {
      "l1": 0.0,
      "l2": 0.0,
      "labelSmoothing": 0.0,
      "clipNorm": 0.0
    },
    "frozen": [],
    "earlyStopping": null
  },
  "data": {
    "dataset": "mnist",
    "validationImages": 12000.0,
    "normalization": "unit",
    "augmentation": {
      "rotation": 0.0,
      "shift": 0.0,
      "zoom": 0.0,
      "shear": 0.0,
      "elasticAlpha": 0.0,
      "elasticSigma": 4.0,
      "brightness": 0.0,
      "contrast": 0.0,
      "noise": 0.0,
      "cutout": 0.0
    },
    "sabotage": {
      "labelNoise": 0.0,
      "keep": [],
      "examplesPerClass": 0.0,
      "missingClass": null
    }
  }
},
};

/** Every optimizer with its usual parameters. */
export const OPTIMIZERS: { [T in OptimizerSpec['type']]: Extract<OptimizerSpec, { type: T }> } = {
  "adam": {"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"type":"adam"},
  "adamW": {"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"type":"adamW","weightDecay":0.01},
  "sgd": {"momentum":0.9,"nesterov":false,"type":"sgd"},
  "rmsProp": {"alpha":0.99,"epsilon":1e-8,"momentum":0.0,"type":"rmsProp"},
  "adagrad": {"epsilon":1e-10,"type":"adagrad"},
  "lion": {"beta1":0.9,"beta2":0.99,"type":"lion","weightDecay":0.0},
};

/** Every learning-rate schedule with its usual parameters. */
export const DECAYS: { [T in Decay['type']]: Extract<Decay, { type: T }> } = {
  "constant": {"type":"constant"},
  "cosine": {"type":"cosine"},
  "oneCycle": {"rise":0.3,"type":"oneCycle"},
  "step": {"every":1.0,"factor":0.5,"type":"step"},
  "exponential": {"factor":0.7,"type":"exponential"},
  "onPlateau": {"factor":0.1,"patience":1.0,"type":"onPlateau"},
};

/** Every initializer with its usual parameters. */
export const INITIALIZERS: { [T in Initializer['type']]: Extract<Initializer, { type: T }> } = {
  "pytorch": {"type":"pytorch"},
  "kaimingUniform": {"type":"kaimingUniform"},
  "kaimingNormal": {"type":"kaimingNormal"},
  "xavierUniform": {"type":"xavierUniform"},
  "xavierNormal": {"type":"xavierNormal"},
  "normal": {"std":0.05,"type":"normal"},
  "zeros": {"type":"zeros"},
};

/** Every corruption. */
export const CORRUPTIONS: readonly Corruption[] = [
  "rotated",
  "shifted",
  "scaled",
  "noisy",
  "blurred",
  "inverted",
  "thick",
  "thin"
];

/** Everything a search can sweep, and the values it can take. */
export const SEARCH_PARAMETERS: Record<SearchParameter, ParameterDomain> = {
  "learningRate": {"type":"numbers","range":{"min":1e-6,"max":10.0,"sliderMin":0.00001,"sliderMax":1.0,"scale":"log","whole":false}},
  "batchSize": {"type":"numbers","range":{"min":1.0,"max":1024.0,"sliderMin":1.0,"sliderMax":512.0,"scale":"log","whole":true}},
  "optimizer": {"type":"names","names":["adam","adamW","sgd","rmsProp","adagrad","lion"]},
  "momentum": {"type":"numbers","range":{"min":0.0,"max":0.999,"sliderMin":0.0,"sliderMax":0.99,"scale":"linear","whole":false}},
  "weightDecay": {"type":"numbers","range":{"min":0.0,"max":10.0,"sliderMin":0.0,"sliderMax":0.5,"scale":"linear","whole":false}},
  "schedule": {"type":"names","names":["constant","cosine","oneCycle","step","exponential","onPlateau"]},
  "warmupEpochs": {"type":"numbers","range":{"min":0.0,"max":1000.0,"sliderMin":0.0,"sliderMax":10.0,"scale":"linear","whole":false}},
  "initializer": {"type":"names","names":["pytorch","kaimingUniform","kaimingNormal","xavierUniform","xavierNormal","normal","zeros"]},
  "activation": {"type":"names","names":["relu","leakyRelu","elu","gelu","silu","sigmoid","tanh"]},
  "normalization": {"type":"names","names":["meanStd","unit","half","none"]},
  "dropout": {"type":"numbers","range":{"min":0.0,"max":0.95,"sliderMin":0.0,"sliderMax":0.9,"scale":"linear","whole":false}},
  "l1": {"type":"numbers","range":{"min":0.0,"max":10.0,"sliderMin":0.0,"sliderMax":0.1,"scale":"linear","whole":false}},
  "l2": {"type":"numbers","range":{"min":0.0,"max":10.0,"sliderMin":0.0,"sliderMax":0.1,"scale":"linear","whole":false}},
  "labelSmoothing": {"type":"numbers","range":{"min":0.0,"max":0.9,"sliderMin":0.0,"sliderMax":0.5,"scale":"linear","whole":false}},
  "unitsScale": {"type":"numbers","range":{"min":0.015625,"max":64.0,"sliderMin":0.125,"sliderMax":8.0,"scale":"log","whole":false}},
  "filtersScale": {"type":"numbers","range":{"min":0.015625,"max":64.0,"sliderMin":0.125,"sliderMax":8.0,"scale":"log","whole":false}},
  "examplesPerClass": {"type":"numbers","range":{"min":0.0,"max":1000000.0,"sliderMin":0.0,"sliderMax":6000.0,"scale":"linear","whole":true}},
  "seed": {"type":"numbers","range":{"min":0.0,"max":4294967295.0,"sliderMin":0.0,"sliderMax":100.0,"scale":"linear","whole":true}},
};
