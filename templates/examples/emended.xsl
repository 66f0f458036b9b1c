<!-- Which words did the editors change, and to what? Any XSLT 1.0 processor: xsltproc emended.xsl SITE/data/tei/WORK.xml -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tei="http://www.tei-c.org/ns/1.0">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="/">
    <xsl:for-each select="//tei:choice[tei:sic]">
      <xsl:value-of select="concat(ancestor::tei:s/@xml:id, '&#9;', tei:sic, ' → ', tei:corr, '&#10;')"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
