package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SharedOutlinesTest {
  private static final String WORD = "M0 0" + " L1.25 2.5".repeat(30) + " Z";
  private static final String OTHER = "M1 0" + " L1.25 2.5".repeat(30) + " Z";
  private static final String DOT = "M0 0 Z";

  private static Element svg(String content) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    String text = "<svg xmlns='http://www.w3.org/2000/svg'>" + content + "</svg>";
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static NodeList all(Element root, String name) {
    return root.getElementsByTagName(name);
  }

  @Test
  void anOutlineThatOccursAgainIsKeptOnce() throws Exception {
    Element root =
        svg(
            "<g transform='translate(1,2)'><path fill='red' d='"
                + WORD
                + "'/></g><path d='"
                + OTHER
                + "'/><path style='fill:blue' transform='rotate(90)' d='"
                + WORD
                + "'/>");
    SharedOutlines.in(root);
    NodeList uses = all(root, "use");
    assertThat(uses.getLength()).isEqualTo(2);
    Element first = (Element) uses.item(0);
    assertThat(((Element) first.getParentNode()).getAttribute("transform"))
        .isEqualTo("translate(1,2)");
    assertThat(first.getAttribute("fill")).isEqualTo("red");
    Element second = (Element) uses.item(1);
    assertThat(second.getAttribute("style")).isEqualTo("fill:blue");
    assertThat(second.getAttribute("transform")).isEqualTo("rotate(90)");
    assertThat(second.getAttribute("xlink:href"))
        .isEqualTo(first.getAttribute("xlink:href"))
        .isEqualTo("#outline0");
    NodeList paths = all(root, "path");
    assertThat(paths.getLength()).isEqualTo(2);
    Element kept = (Element) paths.item(0);
    assertThat(kept.getParentNode().getNodeName()).isEqualTo("defs");
    assertThat(kept.getAttribute("id")).isEqualTo("outline0");
    assertThat(kept.getAttribute("d")).isEqualTo(WORD);
    // It has no look of its own, so that each reference gives it one.
    assertThat(kept.getAttributes().getLength()).isEqualTo(2);
  }

  @Test
  void shortOutlinesAndSingleOnesStay() throws Exception {
    Element root = svg("<path d='" + DOT + "'/><path d='" + DOT + "'/><path d='" + OTHER + "'/>");
    SharedOutlines.in(root);
    assertThat(all(root, "use").getLength()).isZero();
    assertThat(all(root, "path").getLength()).isEqualTo(3);
  }
}
