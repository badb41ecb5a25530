module github.com/prime001/humanrail-sdk/go

go 1.22
