<?xml version="1.0" encoding="UTF-8"?>
<!-- The same work by XSLT 1.0: the discharge report of the bench as a Bundle of FHIR R4 in XML. One template for each element
     of that message, and none for any other: an element without one ends the transformation. It writes the semantic half of
     what our mapping writes: every resource with its values, codings, references, constants and a narrative, but neither the
     place of a resource in the source nor what only the way back needs. Ids are those that the processor makes up. -->
<xsl:stylesheet version="1.0" xmlns="http://hl7.org/fhir" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:mh="http://www.kith.no/xmlstds/msghead/2006-05-24"
  xmlns:p1="http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2012-04-01"
  xmlns:po="http://www.kith.no/xmlstds/po/poKomponent/2012-04-01" xmlns:fk1="http://www.kith.no/xmlstds/felleskomponent1"
  xmlns:epj1="http://www.kith.no/xmlstds/epj/epj1/2008-02-20" xmlns:epj2="http://www.kith.no/xmlstds/epj/epj2/2008-02-20"
  xmlns:epj3="http://www.kith.no/xmlstds/epj/epj3/2008-02-20" xmlns:m1="http://www.kith.no/xmlstds/epj/meta/2008-02-20"
  exclude-result-prefixes="mh p1 po fk1 epj1 epj2 epj3 m1">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:strip-space elements="*"/>
  <xsl:variable name="our" select="'https://bindeledd.example/fhir/StructureDefinition/'"/>
  <xsl:variable name="oid" select="'urn:oid:2.16.578.1.12.4.1.1.'"/>
  <xsl:variable name="patient" select="concat('urn:uuid:', generate-id(/mh:MsgHead/mh:MsgInfo/mh:Patient))"/>

  <xsl:template match="/mh:MsgHead">
    <Bundle>
      <id value="{mh:MsgInfo/mh:MsgId}"/>
      <type value="message"/>
      <timestamp value="{mh:MsgInfo/mh:GenDate}"/>
      <xsl:apply-templates select="mh:MsgInfo"/>
      <xsl:apply-templates select="mh:Document"/>
    </Bundle>
  </xsl:template>
  <xsl:template match="*">
    <xsl:message terminate="yes">no template for <xsl:value-of select="name()"/></xsl:message>
  </xsl:template>
  <xsl:template match="text()"/>

  <!-- Data types. -->
  <xsl:template name="coding">
    <xsl:param name="list"/>
    <system>
      <xsl:attribute name="value">
        <xsl:choose>
          <xsl:when test="@S"><xsl:value-of select="concat('urn:oid:', @S)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="concat($oid, $list)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </system>
    <code value="{normalize-space(@V)}"/>
    <xsl:if test="@DN"><display value="{@DN}"/></xsl:if>
  </xsl:template>
  <xsl:template name="concept">
    <xsl:param name="list"/>
    <coding>
      <xsl:call-template name="coding"><xsl:with-param name="list" select="$list"/></xsl:call-template>
    </coding>
  </xsl:template>
  <xsl:template name="coded-extension">
    <xsl:param name="list"/>
    <extension url="{$our}{local-name()}">
      <valueCoding>
        <xsl:call-template name="coding"><xsl:with-param name="list" select="$list"/></xsl:call-template>
      </valueCoding>
    </extension>
  </xsl:template>
  <xsl:template name="begin"><fullUrl value="urn:uuid:{generate-id()}"/></xsl:template>
  <xsl:template name="subject"><subject><reference value="{$patient}"/></subject></xsl:template>
  <xsl:template name="refer"><reference value="urn:uuid:{generate-id()}"/></xsl:template>
  <xsl:template name="section">
    <xsl:param name="resources" select="/.."/>
    <section>
      <xsl:call-template name="section-code"/>
      <xsl:call-template name="narrative"/>
      <xsl:for-each select="$resources">
        <entry><xsl:call-template name="refer"/></entry>
      </xsl:for-each>
      <xsl:if test="not($resources)"><xsl:apply-templates/></xsl:if>
    </section>
  </xsl:template>
  <!-- One section for all elements of a name; what they say stands in the narrative of the document. -->
  <xsl:template name="shared-section">
    <xsl:param name="resources" select="."/>
    <section>
      <xsl:call-template name="section-code"/>
      <xsl:for-each select="$resources">
        <entry><xsl:call-template name="refer"/></entry>
      </xsl:for-each>
    </section>
  </xsl:template>
  <xsl:template name="section-code">
    <code>
      <coding>
        <system value="https://bindeledd.example/fhir/CodeSystem/plo-element"/>
        <code value="{local-name()}"/>
      </coding>
    </code>
  </xsl:template>
  <xsl:template name="narrative">
    <text>
      <status value="generated"/>
      <div xmlns="http://www.w3.org/1999/xhtml"><xsl:call-template name="list"/></div>
    </text>
  </xsl:template>
  <xsl:template name="list">
    <ul xmlns="http://www.w3.org/1999/xhtml"><xsl:apply-templates select="*" mode="narrative"/></ul>
  </xsl:template>
  <!-- What has a narrative of its own. -->
  <xsl:template mode="narrative" match="epj3:Legemiddelinfo | po:OpplysningOpphold | po:InfoMedisinskDiagnose
    | po:MedisinskfagligeOpplysninger | epj1:Cave | epj2:GenereltJournalnotat | po:Sykepleierdokumentasjon
    | po:InfoFraSykepleier | epj3:LegemidlerAdministrertVedOverforing | po:InfoInformasjonGitt | po:InfoKontrolltime"/>
  <xsl:template match="*" mode="narrative">
    <li xmlns="http://www.w3.org/1999/xhtml">
      <xsl:value-of select="local-name()"/>
      <xsl:choose>
        <xsl:when test="*"><xsl:call-template name="list"/></xsl:when>
        <xsl:when test="@DN">: <xsl:value-of select="@DN"/></xsl:when>
        <xsl:when test="@V">: <xsl:value-of select="@V"/></xsl:when>
        <xsl:otherwise>: <xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </li>
  </xsl:template>

  <!-- The envelope. -->
  <xsl:template match="mh:MsgInfo">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <MessageHeader>
          <id value="{mh:MsgId}"/>
          <meta><tag><system value="https://bindeledd.example/fhir/CodeSystem/gw-tags"/><code value="from-kith"/></tag></meta>
          <xsl:apply-templates select="mh:MIGversion | mh:GenDate | mh:MsgId | mh:Type"/>
          <xsl:apply-templates select="mh:Receiver/mh:Organisation" mode="destination"/>
          <xsl:apply-templates select="mh:Sender/mh:Organisation" mode="source"/>
          <xsl:apply-templates select="../mh:Document" mode="refer"/>
        </MessageHeader>
      </resource>
    </entry>
    <xsl:apply-templates select="mh:Sender | mh:Receiver | mh:Patient"/>
  </xsl:template>
  <xsl:template match="mh:Type">
    <eventCoding><xsl:call-template name="coding"><xsl:with-param name="list" select="'8279'"/></xsl:call-template></eventCoding>
  </xsl:template>
  <xsl:template match="mh:MIGversion"><extension url="{$our}mig-version"><valueString value="{.}"/></extension></xsl:template>
  <xsl:template match="mh:GenDate"><extension url="{$our}gen-date"><valueDateTime value="{.}"/></extension></xsl:template>
  <xsl:template match="mh:MsgId">
    <extension url="{$our}msg-id">
      <valueIdentifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:{.}"/></valueIdentifier>
    </extension>
  </xsl:template>
  <xsl:template match="mh:Sender | mh:Receiver"><xsl:apply-templates/></xsl:template>
  <xsl:template match="mh:Organisation" mode="destination">
    <xsl:variable name="inner" select="descendant-or-self::mh:Organisation[not(mh:Organisation)]"/>
    <destination>
      <name value="{$inner/mh:OrganisationName}"/>
      <endpoint value="urn:oid:2.16.578.1.12.4.1.2.{$inner/mh:Ident[mh:TypeId/@V = 'HER']/mh:Id}"/>
      <receiver><reference value="urn:uuid:{generate-id($inner)}"/></receiver>
    </destination>
  </xsl:template>
  <xsl:template match="mh:Organisation" mode="source">
    <xsl:variable name="inner" select="descendant-or-self::mh:Organisation[not(mh:Organisation)]"/>
    <sender><reference value="urn:uuid:{generate-id($inner)}"/></sender>
    <source>
      <name value="{$inner/mh:OrganisationName}"/>
      <endpoint value="urn:oid:2.16.578.1.12.4.1.2.{$inner/mh:Ident[mh:TypeId/@V = 'HER']/mh:Id}"/>
    </source>
  </xsl:template>
  <xsl:template match="mh:Organisation | po:Kontaktenhet">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <Organization>
          <id value="{generate-id()}"/>
          <xsl:apply-templates select="mh:Ident | fk1:Ident | mh:OrganisationName | fk1:OrganisationName | fk1:TeleCom"/>
          <xsl:if test="parent::mh:Organisation">
            <partOf><reference value="urn:uuid:{generate-id(..)}"/></partOf>
          </xsl:if>
        </Organization>
      </resource>
    </entry>
    <xsl:apply-templates select="mh:Organisation"/>
  </xsl:template>
  <xsl:template match="mh:OrganisationName | fk1:OrganisationName"><name value="{.}"/></xsl:template>
  <xsl:template match="mh:Ident | fk1:Ident">
    <identifier><xsl:apply-templates select="mh:TypeId | fk1:TypeId"/><xsl:apply-templates select="mh:Id | fk1:Id"/></identifier>
  </xsl:template>
  <xsl:template match="mh:TypeId | fk1:TypeId">
    <type><xsl:call-template name="concept"/></type>
    <system>
      <xsl:attribute name="value">
        <xsl:choose>
          <xsl:when test="@V = 'HER'">urn:oid:2.16.578.1.12.4.1.2</xsl:when>
          <xsl:when test="@V = 'ENH'">urn:oid:2.16.578.1.12.4.1.4.101</xsl:when>
          <xsl:when test="@V = 'FNR'">urn:oid:2.16.578.1.12.4.1.4.1</xsl:when>
          <xsl:when test="@V = 'HPR'">urn:oid:2.16.578.1.12.4.1.4.4</xsl:when>
          <xsl:otherwise>urn:oid:<xsl:value-of select="@S"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </system>
  </xsl:template>
  <xsl:template match="mh:Id | fk1:Id"><value value="{.}"/></xsl:template>
  <xsl:template match="fk1:TeleCom"><telecom><xsl:apply-templates select="fk1:TypeTelecom | fk1:TeleAddress"/></telecom></xsl:template>
  <xsl:template match="fk1:TypeTelecom">
    <xsl:call-template name="coded-extension"><xsl:with-param name="list" select="'9061'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="fk1:TeleAddress">
    <system>
      <xsl:attribute name="value">
        <xsl:choose>
          <xsl:when test="starts-with(@V, 'tel:')">phone</xsl:when>
          <xsl:when test="starts-with(@V, 'mailto:')">email</xsl:when>
          <xsl:otherwise>other</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </system>
    <value value="{substring-after(@V, ':')}"/>
  </xsl:template>
  <xsl:template match="mh:Patient">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <Patient>
          <id value="{generate-id()}"/>
          <xsl:apply-templates select="mh:Ident"/>
          <name><xsl:apply-templates select="mh:FamilyName | mh:GivenName"/></name>
        </Patient>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="mh:FamilyName | fk1:FamilyName"><family value="{.}"/></xsl:template>
  <xsl:template match="mh:GivenName | fk1:GivenName"><given value="{.}"/></xsl:template>

  <!-- The document. -->
  <xsl:template match="mh:Document" mode="refer"><focus><xsl:call-template name="refer"/></focus></xsl:template>
  <xsl:template match="mh:Document">
    <entry>
      <xsl:call-template name="begin"/>
      <resource><DocumentReference><id value="{generate-id()}"/><status value="current"/><xsl:apply-templates/></DocumentReference></resource>
    </entry>
    <xsl:apply-templates select="mh:RefDoc/mh:Content/*"/>
  </xsl:template>
  <xsl:template match="mh:RefDoc"><xsl:apply-templates select="mh:MsgType | mh:IssueDate | mh:Content"/></xsl:template>
  <xsl:template match="mh:MsgType"><type><xsl:call-template name="concept"><xsl:with-param name="list" select="'8114'"/></xsl:call-template></type></xsl:template>
  <xsl:template match="mh:IssueDate"><date value="{@V}"/></xsl:template>
  <xsl:template match="mh:Content">
    <content><format><system value="urn:ietf:rfc:3986"/><code value="{namespace-uri(*)}"/></format></content>
    <context><related><reference value="urn:uuid:{generate-id(*)}"/></related></context>
  </xsl:template>
  <xsl:template match="p1:TverrfagligEpikrise">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <Composition>
          <id value="{generate-id()}"/>
          <xsl:call-template name="narrative"/>
          <xsl:apply-templates select="po:InformasjonOmForsendelsen"/>
          <status value="final"/>
          <type><text value="Utskrivningsrapport"/></type>
          <xsl:call-template name="subject"/>
          <date value="{/mh:MsgHead/mh:MsgInfo/mh:GenDate}"/>
          <title value="Utskrivningsrapport"/>
          <xsl:apply-templates select="*[not(self::po:InformasjonOmForsendelsen)]"/>
        </Composition>
      </resource>
    </entry>
    <xsl:apply-templates select="*" mode="resources"/>
  </xsl:template>
  <!-- The second walk: what a section refers to. -->
  <xsl:template match="*" mode="resources"/>
  <xsl:template match="po:InformasjonOmForsendelsen"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:Forsendelsesstatus">
    <xsl:call-template name="coded-extension"><xsl:with-param name="list" select="'7309'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="po:ParorendeForesatt | po:SendtDokument">
    <xsl:if test="not(preceding-sibling::*[1][name() = name(current())])">
      <xsl:call-template name="shared-section"><xsl:with-param name="resources" select="../*[name() = name(current())]"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template match="po:OpplysningOpphold | epj3:Legemiddelinfo">
    <xsl:call-template name="section"><xsl:with-param name="resources" select="."/></xsl:call-template>
  </xsl:template>
  <xsl:template match="po:ParorendeForesatt" mode="resources">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <RelatedPerson>
          <id value="{generate-id()}"/>
          <patient><reference value="{$patient}"/></patient>
          <xsl:apply-templates select="po:Merknad"/>
          <xsl:apply-templates select="po:Slektskap | po:Referanseperson"/>
        </RelatedPerson>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="po:Slektskap"><relationship><xsl:call-template name="concept"><xsl:with-param name="list" select="'9033'"/></xsl:call-template></relationship></xsl:template>
  <xsl:template match="po:Referanseperson | po:InformasjonGittTil">
    <name><xsl:apply-templates select="fk1:FamilyName | fk1:GivenName"/></name>
    <xsl:apply-templates select="fk1:TeleCom"/>
  </xsl:template>
  <xsl:template match="po:Merknad"><extension url="{$our}{local-name()}"><valueString value="{.}"/></extension></xsl:template>
  <xsl:template match="po:TilknyttetEnhet">
    <xsl:if test="not(preceding-sibling::*[1][self::po:TilknyttetEnhet])">
      <xsl:call-template name="shared-section"><xsl:with-param name="resources" select="../po:TilknyttetEnhet/po:Kontaktenhet"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template match="po:TilknyttetEnhet" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:KontaktpersonHelsepersonell">
    <xsl:if test="not(preceding-sibling::*[1][self::po:KontaktpersonHelsepersonell])">
      <xsl:call-template name="shared-section"><xsl:with-param name="resources" select="../po:KontaktpersonHelsepersonell/po:Kontaktperson"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template match="po:KontaktpersonHelsepersonell" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:Kontaktperson | po:AnsvarligRapport | po:InformasjonGittAv">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <PractitionerRole>
          <id value="{generate-id()}"/>
          <practitioner><reference value="urn:uuid:{generate-id(fk1:FamilyName)}"/></practitioner>
          <xsl:apply-templates select="fk1:TypeHealthcareProfessional | fk1:RoleToPatient | fk1:TeleCom"/>
        </PractitionerRole>
      </resource>
    </entry>
    <entry>
      <fullUrl value="urn:uuid:{generate-id(fk1:FamilyName)}"/>
      <resource>
        <Practitioner>
          <id value="{generate-id(fk1:FamilyName)}"/>
          <xsl:apply-templates select="fk1:Ident"/>
          <name><xsl:apply-templates select="fk1:FamilyName | fk1:GivenName"/></name>
        </Practitioner>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="fk1:TypeHealthcareProfessional"><code><xsl:call-template name="concept"><xsl:with-param name="list" select="'9060'"/></xsl:call-template></code></xsl:template>
  <xsl:template match="fk1:RoleToPatient"><code><xsl:call-template name="concept"/></code></xsl:template>
  <xsl:template match="po:AnsvarForRapport">
    <author><reference value="urn:uuid:{generate-id(po:AnsvarligRapport)}"/></author>
    <attester><mode value="professional"/><xsl:apply-templates select="po:TypeRelasjon | po:GodkjentDato"/></attester>
  </xsl:template>
  <xsl:template match="po:AnsvarForRapport" mode="resources"><xsl:apply-templates select="po:AnsvarligRapport"/></xsl:template>
  <xsl:template match="po:GodkjentDato"><time value="{.}"/></xsl:template>
  <xsl:template match="po:TypeRelasjon"><xsl:call-template name="coded-extension"/></xsl:template>
  <xsl:template match="po:SendtDokument" mode="resources">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <DocumentReference>
          <id value="{generate-id()}"/>
          <xsl:apply-templates select="po:Merknad | po:JaNei"/>
          <status value="current"/>
          <xsl:apply-templates select="po:Opplysning"/>
          <xsl:call-template name="subject"/>
          <xsl:apply-templates select="po:DatoSendt"/>
        </DocumentReference>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="po:Opplysning"><type><xsl:call-template name="concept"/></type></xsl:template>
  <xsl:template match="po:JaNei"><extension url="{$our}sent"><valueBoolean value="{.}"/></extension></xsl:template>
  <xsl:template match="po:DatoSendt"><date value="{.}"/></xsl:template>
  <xsl:template match="po:TypeInnholdIMelding"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:TypeInnhold"><category><xsl:call-template name="concept"/></category></xsl:template>
  <xsl:template match="po:OpplysningOpphold" mode="resources">
    <entry>
      <xsl:call-template name="begin"/>
      <resource><Encounter><id value="{generate-id()}"/><status value="unknown"/><xsl:call-template name="subject"/><xsl:apply-templates/></Encounter></resource>
    </entry>
  </xsl:template>
  <xsl:template match="po:TidsfestetHendelse"><xsl:apply-templates select="po:Anslag | po:Hendelsekode | po:TidspunktForHendelse"/></xsl:template>
  <xsl:template match="po:Hendelsekode"><type><xsl:call-template name="concept"/></type></xsl:template>
  <xsl:template match="po:TidspunktForHendelse"><period><start value="{@V}"/></period></xsl:template>
  <xsl:template match="po:Anslag"><extension url="{$our}estimate"><valueBoolean value="{.}"/></extension></xsl:template>
  <xsl:template match="po:InfoMedisinskDiagnose"><xsl:call-template name="section"><xsl:with-param name="resources" select="po:MedisinskDiagnose"/></xsl:call-template></xsl:template>
  <xsl:template match="po:InfoMedisinskDiagnose" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:MedisinskDiagnose">
    <entry>
      <xsl:call-template name="begin"/>
      <resource><Condition><id value="{generate-id()}"/><xsl:apply-templates/><xsl:call-template name="subject"/></Condition></resource>
    </entry>
  </xsl:template>
  <xsl:template match="po:Hoveddiagnose"><extension url="{$our}main-diagnosis"><valueBoolean value="{.}"/></extension></xsl:template>
  <xsl:template match="po:Diagnosekode"><code><xsl:call-template name="concept"/></code></xsl:template>
  <xsl:template match="po:MedisinskfagligeOpplysninger"><xsl:call-template name="section"/></xsl:template>
  <xsl:template match="po:MedisinskfagligeOpplysninger" mode="resources"><xsl:apply-templates mode="resources"/></xsl:template>
  <xsl:template match="epj1:Cave"><xsl:call-template name="section"><xsl:with-param name="resources" select="."/></xsl:call-template></xsl:template>
  <xsl:template match="epj1:Cave" mode="resources">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <AllergyIntolerance>
          <id value="{generate-id()}"/>
          <xsl:apply-templates select="@komponentID"/>
          <xsl:apply-templates/>
          <patient><reference value="{$patient}"/></patient>
        </AllergyIntolerance>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="@komponentID"><identifier><value value="{.}"/></identifier></xsl:template>
  <xsl:template match="epj1:SakshodeCave"><xsl:apply-templates select="@komponentID"/><xsl:apply-templates/></xsl:template>
  <xsl:template match="epj1:StikkordCave"><xsl:apply-templates/></xsl:template>
  <xsl:template match="epj1:CaveStikkord"><code><text value="{.}"/></code></xsl:template>
  <xsl:template match="epj2:GenereltJournalnotat | po:Sykepleierdokumentasjon | po:InfoFraSykepleier">
    <xsl:call-template name="section"/>
  </xsl:template>
  <xsl:template match="epj2:Journaltekst"><section><xsl:apply-templates/></section></xsl:template>
  <xsl:template match="epj2:Overskriftskode"><code><xsl:call-template name="concept"/></code></xsl:template>
  <xsl:template match="epj2:Notat">
    <text>
      <status value="additional"/>
      <div xmlns="http://www.w3.org/1999/xhtml"><p><xsl:value-of select="."/></p></div>
    </text>
  </xsl:template>
  <xsl:template match="epj3:Legemiddelinfo" mode="resources">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <MedicationStatement>
          <id value="{generate-id()}"/>
          <contained><Medication><id value="c1"/><xsl:apply-templates select="*/epj3:Forskrivningsinfo" mode="medicine"/></Medication></contained>
          <xsl:apply-templates select="@komponentID"/>
          <xsl:apply-templates/>
          <medicationReference><reference value="#c1"/></medicationReference>
          <xsl:call-template name="subject"/>
        </MedicationStatement>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="epj3:ForenkletForskrivning"><xsl:apply-templates/></xsl:template>
  <xsl:template match="epj3:StatusTilForskrivningen"><statusReason><xsl:call-template name="concept"><xsl:with-param name="list" select="'7307'"/></xsl:call-template></statusReason></xsl:template>
  <xsl:template match="epj3:Forskrivningsinfo">
    <xsl:apply-templates select="epj3:Bruk"/>
    <effectivePeriod><xsl:apply-templates select="epj3:DoseringStarttidspunkt | epj3:DoseringSluttidspunkt"/></effectivePeriod>
    <xsl:apply-templates select="epj3:DosVeiledEnkel"/>
  </xsl:template>
  <xsl:template match="epj3:Forskrivningsinfo" mode="medicine"><code><xsl:apply-templates select="epj3:Atc | epj3:Navn"/></code><xsl:apply-templates select="epj3:Styrke"/></xsl:template>
  <xsl:template match="epj3:DosVeiledEnkel"><dosage><text value="{.}"/></dosage></xsl:template>
  <xsl:template match="epj3:Navn"><text value="{.}"/></xsl:template>
  <xsl:template match="epj3:Atc"><coding><system value="http://www.whocc.no/atc"/><code value="{@V}"/><display value="{@DN}"/></coding></xsl:template>
  <xsl:template match="epj3:Styrke"><extension url="{$our}strength"><valueQuantity><value value="{@V}"/><unit value="{@U}"/></valueQuantity></extension></xsl:template>
  <xsl:template match="epj3:Bruk"><category><xsl:call-template name="concept"><xsl:with-param name="list" select="'9101'"/></xsl:call-template></category></xsl:template>
  <xsl:template match="epj3:DoseringStarttidspunkt"><start value="{@V}"/></xsl:template>
  <xsl:template match="epj3:DoseringSluttidspunkt"><end value="{@V}"/></xsl:template>

  <!-- What the nurse says, what was told to whom, and the next appointment. -->
  <xsl:template match="po:Sykepleierdokumentasjon" mode="resources"><xsl:apply-templates select="epj3:LegemidlerAdministrertVedOverforing" mode="resources"/></xsl:template>
  <xsl:template match="po:OpplysningerRelevantOppfolging"><extension url="{$our}{local-name()}"><xsl:apply-templates/></extension></xsl:template>
  <xsl:template match="po:BandasjemateriellEngangsutstyr | po:HjelpLegemiddeladm"><extension url="{local-name()}"><valueBoolean value="{.}"/></extension></xsl:template>
  <xsl:template match="po:EndringFunksjonsnivaa | po:MerknadTilBandasjemateriell | po:MerknadTilLegemiddeladministrering"><extension url="{local-name()}"><valueString value="{.}"/></extension></xsl:template>
  <xsl:template match="epj3:LegemidlerAdministrertVedOverforing"><xsl:call-template name="section"><xsl:with-param name="resources" select="epj3:AdmAvHelsepersonell"/></xsl:call-template></xsl:template>
  <xsl:template match="epj3:LegemidlerAdministrertVedOverforing" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="epj3:AdmAvHelsepersonell">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <MedicationAdministration>
          <id value="{generate-id()}"/>
          <xsl:apply-templates select="epj3:AdmStatus"/>
          <medicationCodeableConcept><text value="{epj3:Forskrivningsinfo/epj3:Navn}"/></medicationCodeableConcept>
          <xsl:call-template name="subject"/>
          <xsl:apply-templates select="epj3:AdmStart | epj3:AdmEnkeltdose"/>
        </MedicationAdministration>
      </resource>
    </entry>
  </xsl:template>
  <xsl:template match="epj3:AdmEnkeltdose"><dosage><dose><value value="{@V}"/><unit value="{@U}"/></dose></dosage></xsl:template>
  <xsl:template match="epj3:AdmStart"><effectiveDateTime value="{@V}"/></xsl:template>
  <xsl:template match="epj3:AdmStatus"><xsl:call-template name="coded-extension"><xsl:with-param name="list" select="'7311'"/></xsl:call-template></xsl:template>
  <xsl:template match="po:InfoInformasjonGitt"><xsl:call-template name="section"><xsl:with-param name="resources" select="po:InformasjonGitt"/></xsl:call-template></xsl:template>
  <xsl:template match="po:InfoInformasjonGitt" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:InformasjonGitt">
    <entry>
      <xsl:call-template name="begin"/>
      <resource>
        <Communication>
          <id value="{generate-id()}"/>
          <contained><RelatedPerson><id value="c1"/><xsl:apply-templates select="po:InformasjonGittTil"/></RelatedPerson></contained>
          <status value="completed"/>
          <xsl:apply-templates select="po:TypeInformasjon"/>
          <xsl:call-template name="subject"/>
          <xsl:apply-templates select="po:InformasjonGittDato"/>
          <recipient><reference value="#c1"/></recipient>
          <sender><reference value="urn:uuid:{generate-id(po:InformasjonGittAv)}"/></sender>
          <xsl:apply-templates select="po:BeskrivelseInformasjon"/>
        </Communication>
      </resource>
    </entry>
    <xsl:apply-templates select="po:InformasjonGittAv"/>
  </xsl:template>
  <xsl:template match="po:TypeInformasjon"><category><xsl:call-template name="concept"/></category></xsl:template>
  <xsl:template match="po:BeskrivelseInformasjon"><payload><contentString value="{.}"/></payload></xsl:template>
  <xsl:template match="po:InformasjonGittDato"><sent value="{.}"/></xsl:template>
  <xsl:template match="po:InfoKontrolltime"><xsl:call-template name="section"><xsl:with-param name="resources" select="po:InformasjonOmTime"/></xsl:call-template></xsl:template>
  <xsl:template match="po:InfoKontrolltime" mode="resources"><xsl:apply-templates/></xsl:template>
  <xsl:template match="po:InformasjonOmTime">
    <entry>
      <xsl:call-template name="begin"/>
      <resource><Appointment><id value="{generate-id()}"/><xsl:apply-templates/></Appointment></resource>
    </entry>
  </xsl:template>
  <xsl:template match="po:BestiltKontrolltime">
    <status><xsl:attribute name="value"><xsl:choose><xsl:when test=". = 'true'">booked</xsl:when><xsl:otherwise>proposed</xsl:otherwise></xsl:choose></xsl:attribute></status>
  </xsl:template>
  <xsl:template match="po:TidspunktTime"><start value="{.}"/></xsl:template>
  <xsl:template match="po:Varighet"><minutesDuration value="{.}"/></xsl:template>
  <xsl:template match="po:StedTime"><participant><actor><display value="{.}"/></actor><status value="accepted"/></participant></xsl:template>
  <xsl:template match="po:InformertOm"><extension url="{$our}{local-name()}"><xsl:apply-templates/></extension></xsl:template>
  <xsl:template match="po:PasientInformert | po:ParorendeInformert"><extension url="{local-name()}"><valueBoolean value="{.}"/></extension></xsl:template>
</xsl:stylesheet>
