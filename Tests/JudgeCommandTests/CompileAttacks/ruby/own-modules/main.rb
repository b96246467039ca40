# attack: brings files of the system's names
# expect: WA
puts "ran"
