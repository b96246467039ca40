def main(:
    print("never")


main()
