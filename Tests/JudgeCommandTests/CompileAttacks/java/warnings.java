// attack: has a hundred thousand mistakes
public class Main {
    «90000xint = ;¶»
}
