package dev.sagitta.connector.objectstore.ra;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ConfigProperty;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The descriptor is complete, so that servers need no scanning: it must say what the code says. */
final class TestDeploymentDescriptor {
  private record Property(String type, String defaultValue, String description, boolean secret) {}

  @Test
  void testPropertiesAreThoseOfTheFactory() throws Exception {
    Map<String, Property> declared = new TreeMap<>();
    NodeList elements = descriptor().getElementsByTagName("config-property");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      declared.put(
          text(element, "config-property-name"),
          new Property(
              text(element, "config-property-type"),
              text(element, "config-property-value"),
              text(element, "description"),
              text(element, "config-property-confidential").equals("true")));
    }
    ObjectStoreManagedConnectionFactory factory = new ObjectStoreManagedConnectionFactory();
    Map<String, Property> annotated = new TreeMap<>();
    for (Field field : ObjectStoreManagedConnectionFactory.class.getDeclaredFields()) {
      ConfigProperty property = field.getAnnotation(ConfigProperty.class);
      if (property != null) {
        annotated.put(
            field.getName(),
            new Property(
                property.type().getName(),
                property.defaultValue(),
                String.join(" ", property.description()),
                property.confidential()));
        field.setAccessible(true);
        assertThat(field.get(factory)).as(field.getName()).isEqualTo(property.defaultValue());
      }
    }
    assertThat(declared).isEqualTo(annotated).isNotEmpty();
  }

  @Test
  void testClassesExist() throws Exception {
    Document descriptor = descriptor();
    assertThat(classNamed(descriptor, "resourceadapter-class"))
        .isEqualTo(ObjectStoreResourceAdapter.class);
    assertThat(classNamed(descriptor, "managedconnectionfactory-class"))
        .isEqualTo(ObjectStoreManagedConnectionFactory.class);
    Class<?> factory = classNamed(descriptor, "connectionfactory-interface");
    assertThat(factory).isAssignableFrom(classNamed(descriptor, "connectionfactory-impl-class"));
    Class<?> connection = classNamed(descriptor, "connection-interface");
    assertThat(connection).isAssignableFrom(classNamed(descriptor, "connection-impl-class"));
    assertThat(text(descriptor.getDocumentElement(), "transaction-support"))
        .isEqualTo("NoTransaction");
  }

  private static Document descriptor() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("src/main/rar/META-INF/ra.xml").toFile());
  }

  private static Class<?> classNamed(Document descriptor, String tag) throws Exception {
    return Class.forName(text(descriptor.getDocumentElement(), tag));
  }

  private static String text(Element element, String tag) {
    NodeList children = element.getElementsByTagName(tag);
    return children.getLength() == 0 ? "" : children.item(0).getTextContent().strip();
  }
}
