"""The version of this package, as it names itself to the API."""

VERSION = "0.2.0"
