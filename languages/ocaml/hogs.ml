let rec grow kept =
  if List.length kept >= 0 then grow (Bytes.make (4 lsl 20) 'x' :: kept)

let () = grow []
