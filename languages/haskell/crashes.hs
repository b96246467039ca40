main :: IO ()
main = do
  text <- getContents
  print (head (words text))
