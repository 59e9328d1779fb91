/// The version of the package.
let version = "0.1.0-dev"
