main :: IO ()
main = loop 1
  where
    loop :: Int -> IO ()
    loop 0 = pure ()
    loop state = loop (state `mod` 1000 + 1)
