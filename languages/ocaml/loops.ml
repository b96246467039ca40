let rec loop state = if state <> 0 then loop ((state mod 1000) + 1)
let () = loop 1
