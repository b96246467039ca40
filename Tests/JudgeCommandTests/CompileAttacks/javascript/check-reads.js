// attack: breaks off in a line that names a source map and a file of the host's, which messages could show
//# sourceMappingURL=@CANARY@
throw new SyntaxError("@ANSWER@") )
