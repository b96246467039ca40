abort(File.read("@CANARY@"))
