// attack: is a script, which a compiler might execute
// expect: CE
println(java.io.File("@CANARY@").readText())
