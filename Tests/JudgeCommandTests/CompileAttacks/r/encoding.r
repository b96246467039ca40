# attack: has escapes and names that the parser reads from elsewhere
#line 1 "@CANARY@"
x <- "\u{110000}" ) 
