local function main(
  print("never")
end

main()
