(* attack: loads and uses files of the host's by directives of the interactive system *)
#use "@CANARY@";;
#load "@CANARY@";;
#directory "/etc";;
let () = print_string "through"
