package humanrail

// Version of this package, as it names itself to the API.
const Version = "0.2.0"
