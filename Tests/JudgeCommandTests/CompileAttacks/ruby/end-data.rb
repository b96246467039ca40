# attack: has its data read on from a file that its own name leads to
# expect: WA
puts DATA.path, DATA.read
__END__
own
