import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import sim.engine.Sequence;
import sim.engine.SimState;
import sim.engine.Steppable;

/** Unit payments in MASON: MasonPayments scheduled|sequence FILE MONTHS SEED... */
public final class MasonPayments extends SimState {
  static final int UNITS = 5;

  static final class Person implements Steppable {
    int money = UNITS;
    Person[] contacts;

    @Override
    public void step(SimState state) {
      if (money == 0) return;
      --money;
      ++contacts[state.random.nextInt(contacts.length)].money;
    }
  }

  final Person[] people;
  final boolean oneByOne;

  MasonPayments(long seed, IntBuffer numbers, boolean oneByOne) {
    super(seed);
    this.oneByOne = oneByOne;
    int count = numbers.get(0);
    people = new Person[count];
    for (int i = 0; i < count; ++i) people[i] = new Person();
    for (int i = 0; i < count; ++i) {
      int first = numbers.get(1 + i);
      Person[] contacts = new Person[numbers.get(2 + i) - first];
      for (int k = 0; k < contacts.length; ++k) contacts[k] = people[numbers.get(2 + count + first + k)];
      people[i].contacts = contacts;
    }
  }

  /** Each on the schedule, which puts them into an order by chance; or all as one entry, in order. */
  @Override
  public void start() {
    super.start();
    if (oneByOne) {
      for (Person person : people) schedule.scheduleRepeating(person);
    } else {
      schedule.scheduleRepeating(new Sequence(people));
    }
  }

  static double gini(Person[] people) {
    int[] money = new int[people.length];
    for (int i = 0; i < money.length; ++i) money[i] = people[i].money;
    Arrays.sort(money);
    double weighted = 0, total = 0;
    for (int i = 0; i < money.length; ++i) {
      weighted += (2.0 * i - money.length + 1) * money[i];
      total += money[i];
    }
    return weighted / (money.length * total);
  }

  static long inUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  static long processorNanoseconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  public static void main(String[] words) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(Path.of(words[1])));
    IntBuffer numbers = file.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int months = Integer.parseInt(words[2]);
    long before = inUse(), taken = 0;
    for (String seed : Arrays.copyOfRange(words, 3, words.length)) {
      MasonPayments town = new MasonPayments(Long.parseLong(seed), numbers, words[0].equals("scheduled"));
      town.start();
      long start = System.nanoTime(), processor = processorNanoseconds();
      for (int month = 0; month < months; ++month) town.schedule.step(town);
      start = System.nanoTime() - start;
      processor = processorNanoseconds() - processor;
      if (taken == 0) taken = inUse() - before;
      long total = 0;
      for (Person person : town.people) total += person.money;
      System.out.println(start * 1e-9 + " " + processor * 1e-9 + " " + total + " " + gini(town.people) + " "
          + (double) taken / town.people.length);
      town.finish();
    }
  }
}
