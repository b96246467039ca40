main :: IO ()
main = do
  putStrLn ("no end"
