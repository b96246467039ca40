! attack: nests brackets until the parser's own stack is used up
! expect: CE or WA
! time: 3
program own
print *, &
«4000x((((((((((((((((((((( &¶»1&
«4000x))))))))))))))))))))) &¶»
end program
