import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Prints where Kafka's own producer puts 10 000 keys: a letter for each, A for partition 0. */
public class Partitions {
    static final String[] WORDS = {"Grüße", "Ωmega", "東京", "ключ", "🚰", "é", "key", "-"};
    static final int[] COUNTS = {7, 50};
    static long state = 42;

    /** SplitMix64. */
    static int next(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(z ^ (z >>> 31), bound);
    }

    static byte[] key(int number) {
        int kind = next(4);
        if (kind == 0) return ("key-" + number).getBytes(StandardCharsets.UTF_8);
        if (kind == 1) {
            StringBuilder text = new StringBuilder();
            for (int count = next(6); count > 0; count--) text.append(WORDS[next(WORDS.length)]);
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[kind == 2 ? next(16) : number % 50 == 0 ? next(20000) : next(300)];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) next(256);
        return bytes;
    }

    public static void main(String[] arguments) {
        StringBuilder[] lines = {new StringBuilder(), new StringBuilder()};
        for (int number = 0; number < 10000; number++) {
            byte[] key = key(number);
            for (int i = 0; i < COUNTS.length; i++) {
                int partition = BuiltInPartitioner.partitionForKey(key, COUNTS[i]);
                lines[i].append((char) (partition < 26 ? 'A' + partition : 'a' + partition - 26));
            }
        }
        for (int i = 0; i < COUNTS.length; i++) System.out.println(COUNTS[i] + " " + lines[i]);
    }
}
