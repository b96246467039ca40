# attack: has code that runs before all else, in a file that is then found to be broken
BEGIN { abort(File.read("@CANARY@")) }
BEGIN { loop {} }
def (
