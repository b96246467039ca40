module own

go 1.99
toolchain go1.99.0

require example.com/other v0.0.0
replace example.com/other => @CANARY@/..
