package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Report pages as a browser shows them; skipped where there is no Chromium. */
class ReportInBrowserTest {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File CHROMEDRIVER = new File("/usr/bin/chromedriver");

  @TempDir private static Path compared;
  @TempDir private static Path sweep;
  @TempDir private static Path validated;

  private static ChromeDriver browser;

  @BeforeAll
  static void openBrowser() {
    assumeTrue(
        CHROMIUM.canExecute() && CHROMEDRIVER.canExecute(),
        "needs " + CHROMIUM + " and " + CHROMEDRIVER);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(CHROMEDRIVER).build(), options);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static void open(Path folder) {
    CommandRun report = CommandRun.of("report", folder.toString());
    assertThat(report.exit()).as(report.err()).isZero();
    browser.get(folder.resolve("report.html").toUri().toString());
  }

  private static void comparison() {
    if (!Files.exists(compared.resolve("comparison.json"))) {
      CommandRun run =
          CommandRun.of(
              ("run --network lenet5-mnist --crossbar 32x32 --compare dense --out " + compared)
                  .split(" "));
      assertThat(run.exit()).as(run.err()).isZero();
    }
    open(compared);
  }

  private static void everyChartIsDrawnWithoutComplaint(int charts) {
    List<WebElement> places = browser.findElements(By.className("chart"));
    assertThat(places).hasSize(charts);
    for (WebElement place : places) {
      String id = place.getDomAttribute("id");
      assertThat(place.findElements(By.cssSelector("svg path")).size()).as(id).isGreaterThan(5);
      assertThat(place.getDomAttribute("aria-label")).as(id).isNotBlank();
      Object svg =
          browser.executeScript(
              "return echarts.getInstanceByDom(arguments[0]).renderToSVGString()", place);
      assertThat((String) svg).as(id).startsWith("<svg").endsWith("</svg>");
    }
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void aComparisonIsDrawnInLightAndInDark() {
    comparison();
    everyChartIsDrawnWithoutComplaint(11);
    String ground = browser.findElement(By.tagName("body")).getCssValue("background-color");
    browser.findElement(By.id("theme")).click();
    assertThat(browser.findElement(By.tagName("body")).getCssValue("background-color"))
        .isNotEqualTo(ground);
    everyChartIsDrawnWithoutComplaint(11);
  }

  @Test
  void aValidationIsDrawnInLightInDarkAndOnPaper() {
    CommandRun run =
        CommandRun.of(
            "validate",
            "--only",
            "component-conversion,component-neurosim-cell,isaac-chip,timely-isaac",
            "--out",
            validated.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    browser.get(validated.resolve("validation.html").toUri().toString());
    everyChartIsDrawnWithoutComplaint(2);
    assertThat(browser.findElement(By.id("subtitle")).getText())
        .startsWith("prime-45nm: 4 claims, 16 figures: ")
        .contains("1 deviates");
    assertThat(browser.findElements(By.cssSelector("#claims-isaac tbody tr"))).hasSize(7);
    assertThat(browser.findElement(By.id("claims-neurosim")).getText())
        .contains("deviates. The published figure is that of charging wordline and bitline");
    browser.findElement(By.id("theme")).click();
    everyChartIsDrawnWithoutComplaint(2);
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      assertThat(browser.findElement(By.id("theme")).isDisplayed()).isFalse();
      assertThat(browser.findElement(By.tagName("body")).getCssValue("background-color"))
          .isEqualTo("rgba(255, 255, 255, 1)");
      everyChartIsDrawnWithoutComplaint(2);
    } finally {
      browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
  }

  @Test
  void theCrossbarsOfEachLayerAreDrawn() {
    comparison();
    WebElement layers = browser.findElement(By.cssSelector("#crossbar-maps select"));
    assertThat(layers.getDomProperty("value"))
        .as("the layer with the most weights")
        .isEqualTo("fc1");
    assertThat(browser.findElement(By.cssSelector("#crossbar-maps label + .note")).getText())
        .isEqualTo("dense 32x32: 1,664 arrays of 32 wordlines and 16 weight columns");
    String before = browser.findElement(By.id("crossbars-1")).getDomProperty("innerHTML");
    layers.sendKeys("conv2");
    assertThat(browser.findElement(By.id("crossbars-1")).getDomProperty("innerHTML"))
        .isNotEqualTo(before);
    everyChartIsDrawnWithoutComplaint(11);
  }

  @Test
  void headsSortWithTheKeyboardUpAndDown() {
    comparison();
    browser.findElement(By.cssSelector("#energy summary")).click();
    WebElement head = browser.findElements(By.cssSelector("#energy th button")).get(2);
    head.sendKeys(Keys.ENTER);
    assertThat(column("#energy", 2)).hasSizeGreaterThan(10).isSorted();
    head.sendKeys(Keys.ENTER);
    assertThat(column("#energy", 2)).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private static List<Double> column(String section, int index) {
    List<Double> numbers = new ArrayList<>();
    for (WebElement row : browser.findElements(By.cssSelector(section + " tbody tr"))) {
      numbers.add(Double.valueOf(row.findElements(By.tagName("td")).get(index).getText()));
    }
    return numbers;
  }

  @Test
  void hoveringShowsTheNumbers() {
    comparison();
    WebElement chart = browser.findElement(By.id("energy-by-component"));
    new Actions(browser).scrollToElement(chart).moveToElement(chart).perform();
    assertThat(chart.getText()).contains("bufferSubarray").contains("uJ");
  }

  @Test
  void theShardsOfASweepAreDrawnTogetherAndItsKeysChosen() throws IOException {
    StringBuilder[] shards = {new StringBuilder(), new StringBuilder()};
    for (int index = 0; index < 8; index++) {
      int size = 32 << (index % 4);
      int bits = 1 + index / 4;
      shards[index % 2].append(
          String.format(
              Locale.ROOT,
              "%d,point %d,done,,net,hw,map,%dx%d,pairs,layer,0,%d,%d,%d,%d%n",
              index,
              index,
              size,
              size,
              bits,
              100 * size + bits,
              90000 / size + bits,
              5000 + size));
    }
    for (int shard = 1; shard <= 2; shard++) {
      Path part = Files.createDirectories(sweep.resolve("shard-" + shard + "-of-2"));
      Files.writeString(
          part.resolve("points.csv"),
          "index,point,status,error,network,hardware,mapping,crossbar,signs,replication,batch,"
              + "quantization.weightBits,latencyNs,energyPj,computeAreaUm2\n"
              + shards[shard - 1]);
      Files.writeString(
          part.resolve("sweep.json"),
          "{\"schema\":\"primesim.sweep/1\",\"name\":\"two shards\",\"points\":8,"
              + "\"keys\":[\"crossbar\",\"quantization.weightBits\"]}");
    }
    open(sweep);
    everyChartIsDrawnWithoutComplaint(4);
    assertThat(browser.findElement(By.id("subtitle")).getText()).contains("8 of 8 points");
    // Fewer bits are better in both: the points with one bit are the front, one for each size.
    browser.findElement(By.cssSelector("#front-latencyNs-energyPj summary")).click();
    List<String> front = new ArrayList<>();
    for (WebElement row :
        browser.findElements(By.cssSelector("section#front-latencyNs-energyPj tbody tr"))) {
      List<WebElement> cells = row.findElements(By.tagName("td"));
      if (cells.get(4).getText().equals("yes")) {
        front.add(cells.get(0).getText());
      }
    }
    assertThat(front).containsExactly("point 0", "point 1", "point 2", "point 3");
    assertThat(
            browser
                .findElement(By.cssSelector("#front-latencyNs-energyPj .named tbody"))
                .getText()
                .lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("1 net point ");
    String before = browser.findElement(By.id("sweep-lines")).getText();
    browser.findElement(By.cssSelector("#lines select")).sendKeys("crossbar");
    assertThat(browser.findElement(By.id("sweep-lines")).getText())
        .isNotEqualTo(before)
        .contains("128x128");
  }

  @Test
  void pointsOfAFrontThatLieOnEachOtherShareARange(@TempDir Path folder) throws IOException {
    StringBuilder points =
        new StringBuilder(
            "index,point,status,error,network,mapping,crossbar,latencyNs,energyPj,computeAreaUm2\n");
    for (int index = 0; index < 73; index++) {
      points.append(index + ",point " + index + ",done,,net,dense,32x32,900,1000,5000\n");
    }
    points.append("73,last,done,,net,dense,64x64,950,1600,9000\n");
    Files.writeString(folder.resolve("points.csv"), points.toString());
    Files.writeString(
        folder.resolve("sweep.json"),
        "{\"schema\":\"primesim.sweep/1\",\"name\":\"same\",\"points\":74,\"keys\":[\"crossbar\"]}");
    open(folder);
    WebElement range =
        browser.findElement(
            By.xpath("//section[@id='front-computeAreaUm2-energyPj']//*[text()='1-73']"));
    List<Rectangle> texts = new ArrayList<>();
    for (WebElement text :
        browser.findElements(By.cssSelector("#front-computeAreaUm2-energyPj .chart svg text"))) {
      texts.add(box(text));
    }
    // It is one of the texts itself.
    assertThat(texts.stream().filter(box(range)::intersects)).hasSize(1);
  }

  private static Rectangle box(WebElement element) {
    org.openqa.selenium.Rectangle box = element.getRect();
    return new Rectangle(box.getX(), box.getY(), box.getWidth(), box.getHeight());
  }
}
