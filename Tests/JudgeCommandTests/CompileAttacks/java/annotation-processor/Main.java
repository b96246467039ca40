// attack: brings an annotation processor, and the file that would have it found
// expect: CE or WA
import java.lang.annotation.*;
@Own
public class Main {
    public static void main(String[] arguments) { System.out.println("no processor ran"); }
}
@interface Own {}
