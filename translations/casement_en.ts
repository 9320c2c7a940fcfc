<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>casement::AccountsPage</name>
    <message numerus="yes">
        <source>%n account(s) chosen</source>
        <translation>
            <numerusform>%n account chosen</numerusform>
            <numerusform>%n accounts chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n account(s) from the list?</source>
        <translation>
            <numerusform>Remove %n account from the list?</numerusform>
            <numerusform>Remove %n accounts from the list?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer also holds data of %n account(s) that are not in the list.</source>
        <translation>
            <numerusform>This computer also holds data of %n account that is not in the list.</numerusform>
            <numerusform>This computer also holds data of %n accounts that are not in the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorActions</name>
    <message numerus="yes">
        <source>%Ln check(s) were refreshed.</source>
        <translation>
            <numerusform>%Ln check was refreshed.</numerusform>
            <numerusform>%Ln checks were refreshed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln better</source>
        <extracomment>Checks with a better status after a refresh</extracomment>
        <translation>
            <numerusform>%Ln better</numerusform>
            <numerusform>%Ln better</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln worse</source>
        <extracomment>Checks with a worse status after a refresh</extracomment>
        <translation>
            <numerusform>%Ln worse</numerusform>
            <numerusform>%Ln worse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>AWS gave up on %Ln check(s): try again later.</source>
        <translation>
            <numerusform>AWS gave up on %Ln check: try again later.</numerusform>
            <numerusform>AWS gave up on %Ln checks: try again later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>AWS refreshes %Ln check(s) by itself.</source>
        <translation>
            <numerusform>AWS refreshes %Ln check by itself.</numerusform>
            <numerusform>AWS refreshes %Ln checks by itself.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) were refreshed a short while ago.</source>
        <translation>
            <numerusform>%Ln check was refreshed a short while ago.</numerusform>
            <numerusform>%Ln checks were refreshed a short while ago.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) could not be refreshed.</source>
        <translation>
            <numerusform>%Ln check could not be refreshed.</numerusform>
            <numerusform>%Ln checks could not be refreshed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorCheckModel</name>
    <message numerus="yes">
        <source>%n to act on</source>
        <extracomment>Checks of a category with the status &quot;Action recommended&quot;</extracomment>
        <translation>
            <numerusform>%n to act on</numerusform>
            <numerusform>%n to act on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to investigate</source>
        <extracomment>Checks of a category with the status &quot;Investigate&quot;</extracomment>
        <translation>
            <numerusform>%n to investigate</numerusform>
            <numerusform>%n to investigate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorDetail</name>
    <message numerus="yes">
        <source>%Ln %1</source>
        <comment>number and change</comment>
        <extracomment>A number and what became of so many resources: &quot;3 New&quot;</extracomment>
        <translation>
            <numerusform>%Ln %1</numerusform>
            <numerusform>%Ln %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s)</source>
        <translation>
            <numerusform>%Ln resource</numerusform>
            <numerusform>%Ln resources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 resource(s)</source>
        <translation>
            <numerusform>%Ln of %1 resources</numerusform>
            <numerusform>%Ln of %1 resources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorExporter</name>
    <message numerus="yes">
        <source>%Ln check(s) exported: %1</source>
        <translation>
            <numerusform>%Ln check exported: %1</numerusform>
            <numerusform>%Ln checks exported: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) were too long for a cell and were cut.</source>
        <translation>
            <numerusform>%Ln text was too long for a cell and was cut.</numerusform>
            <numerusform>%Ln texts were too long for a cell and were cut.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest results of %Ln of %1 check(s) are not here.</source>
        <translation>
            <numerusform>The newest result of %Ln of %1 checks is not here.</numerusform>
            <numerusform>The newest results of %Ln of %1 checks are not here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 check(s) exported: %2</source>
        <translation>
            <numerusform>%Ln of %1 checks exported: %2</numerusform>
            <numerusform>%Ln of %1 checks exported: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>AWS does not offer %Ln of them any more.</source>
        <translation>
            <numerusform>AWS does not offer %Ln of them any more.</numerusform>
            <numerusform>AWS does not offer %Ln of them any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s)</source>
        <translation>
            <numerusform>%Ln resource</numerusform>
            <numerusform>%Ln resources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s)</source>
        <translation>
            <numerusform>%Ln account</numerusform>
            <numerusform>%Ln accounts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln Check(s)</source>
        <translation>
            <numerusform>Export %Ln Check</numerusform>
            <numerusform>Export %Ln Checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorLoadJob</name>
    <message numerus="yes">
        <source>%n result(s) could not be fetched: %1</source>
        <translation>
            <numerusform>%n result could not be fetched: %1</numerusform>
            <numerusform>%n results could not be fetched: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorNotice</name>
    <message numerus="yes">
        <source>Trusted Advisor of %Ln account(s) could not be loaded.</source>
        <translation>
            <numerusform>Trusted Advisor of %Ln account could not be loaded.</numerusform>
            <numerusform>Trusted Advisor of %Ln accounts could not be loaded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorPage</name>
    <message numerus="yes">
        <source>%Ln check(s)</source>
        <translation>
            <numerusform>%Ln check</numerusform>
            <numerusform>%Ln checks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 check(s)</source>
        <translation>
            <numerusform>%Ln of %1 checks</numerusform>
            <numerusform>%Ln of %1 checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorTile</name>
    <message numerus="yes">
        <source>%1, %Ln check(s)</source>
        <extracomment>What a screen reader says of the heading of a category&apos;s tile: name, number of checks</extracomment>
        <translation>
            <numerusform>%1, %Ln check</numerusform>
            <numerusform>%1, %Ln checks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln %1</source>
        <comment>number and status</comment>
        <extracomment>A number of checks and their status: &quot;3 Action recommended&quot;</extracomment>
        <translation>
            <numerusform>%Ln %1</numerusform>
            <numerusform>%Ln %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s) flagged</source>
        <translation>
            <numerusform>%Ln resource flagged</numerusform>
            <numerusform>%Ln resources flagged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorTrend</name>
    <message numerus="yes">
        <source>%1: %Ln resource(s) flagged, %2 checks to act on, %3 to investigate</source>
        <extracomment>A day of the trend: date, flagged resources, checks to act on and to investigate</extracomment>
        <translation>
            <numerusform>%1: %Ln resource flagged, %2 checks to act on, %3 to investigate</numerusform>
            <numerusform>%1: %Ln resources flagged, %2 checks to act on, %3 to investigate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s) flagged on %1</source>
        <extracomment>The trend of Trusted Advisor while there is one day of it; %1 is its date</extracomment>
        <translation>
            <numerusform>%Ln resource flagged on %1</numerusform>
            <numerusform>%Ln resources flagged on %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AnswerNotifier</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) have answers from AWS</source>
        <translation>
            <numerusform>%n case has an answer from AWS</numerusform>
            <numerusform>%n cases have answers from AWS</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ArchivePage</name>
    <message numerus="yes">
        <source>%Ln downloaded file(s) (%1)</source>
        <translation>
            <numerusform>%Ln downloaded file (%1)</numerusform>
            <numerusform>%Ln downloaded files (%1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>%Ln case</numerusform>
            <numerusform>%Ln cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AttachmentActions</name>
    <message numerus="yes">
        <source>%Ln attachment(s) of this case</source>
        <translation>
            <numerusform>%Ln attachment of this case</numerusform>
            <numerusform>%Ln attachments of this case</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln Attachment(s) Into</source>
        <translation>
            <numerusform>Save %Ln Attachment Into</numerusform>
            <numerusform>Save %Ln Attachments Into</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) saved in %1.</source>
        <translation>
            <numerusform>%Ln file saved in %1.</numerusform>
            <numerusform>%Ln files saved in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::BundleJob</name>
    <message numerus="yes">
        <source>Exporting %n case(s) with attachments</source>
        <translation>
            <numerusform>Exporting %n case with attachments</numerusform>
            <numerusform>Exporting %n cases with attachments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseActions</name>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseExport</name>
    <message numerus="yes">
        <source>AWS&apos;s standard footer was left out of %n message(s).</source>
        <translation>
            <numerusform>AWS&apos;s standard footer was left out of %n message.</numerusform>
            <numerusform>AWS&apos;s standard footer was left out of %n messages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseExporter</name>
    <message numerus="yes">
        <source>Export %Ln Case(s)</source>
        <translation>
            <numerusform>Export %Ln Case</numerusform>
            <numerusform>Export %Ln Cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) exported: %1</source>
        <translation>
            <numerusform>%Ln case exported: %1</numerusform>
            <numerusform>%Ln cases exported: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Print %Ln Case(s)</source>
        <translation>
            <numerusform>Print %Ln Case</numerusform>
            <numerusform>Print %Ln Cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) sent to the printer.</source>
        <translation>
            <numerusform>%Ln case sent to the printer.</numerusform>
            <numerusform>%Ln cases sent to the printer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) could not be had; MISSING.txt in it names them.</source>
        <translation>
            <numerusform>%Ln attachment could not be had; MISSING.txt in it names it.</numerusform>
            <numerusform>%Ln attachments could not be had; MISSING.txt in it names them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln case(s) can be copied at once. Export them into a file instead.</source>
        <translation>
            <numerusform>At most %Ln case can be copied at once. Export them into a file instead.</numerusform>
            <numerusform>At most %Ln cases can be copied at once. Export them into a file instead.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) copied.</source>
        <translation>
            <numerusform>%Ln case copied.</numerusform>
            <numerusform>%Ln cases copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseListPage</name>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>%Ln case</numerusform>
            <numerusform>%Ln cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 case(s)</source>
        <translation>
            <numerusform>%Ln of %1 cases</numerusform>
            <numerusform>%Ln of %1 cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There is no support case in the accounts that were refreshed; %Ln account(s) could not be refreshed.</source>
        <translation>
            <numerusform>There is no support case in the accounts that were refreshed; %Ln account could not be refreshed.</numerusform>
            <numerusform>There is no support case in the accounts that were refreshed; %Ln accounts could not be refreshed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseTable</name>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>%Ln case</numerusform>
            <numerusform>%Ln cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseTemplates</name>
    <message numerus="yes">
        <source>%Ln more: Load Template…</source>
        <translation>
            <numerusform>%Ln more: Load Template…</numerusform>
            <numerusform>%Ln more: Load Template…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CcCompleter</name>
    <message numerus="yes">
        <source>%Ln address(es) fit: %1</source>
        <extracomment>What a screen reader says of a field of addresses: %1 is the first of them</extracomment>
        <translation>
            <numerusform>%Ln address fits: %1</numerusform>
            <numerusform>%Ln addresses fit: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ConversationPage</name>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CC %1 and %Ln more</source>
        <translation>
            <numerusform>CC %1 and %Ln more</numerusform>
            <numerusform>CC %1 and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::DraftsPage</name>
    <message numerus="yes">
        <source>%Ln need(s) you</source>
        <extracomment>Behind the title: so many entries wait for a decision of the person</extracomment>
        <translation>
            <numerusform>%Ln needs you</numerusform>
            <numerusform>%Ln need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s)</source>
        <translation>
            <numerusform>%Ln draft</numerusform>
            <numerusform>%Ln drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s) deleted</source>
        <translation>
            <numerusform>%Ln draft deleted</numerusform>
            <numerusform>%Ln drafts deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::EditAccountsDialog</name>
    <message numerus="yes">
        <source>Edit %n Account(s)</source>
        <translation>
            <numerusform>Edit %n Account</numerusform>
            <numerusform>Edit %n Accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ErrorBanner</name>
    <message numerus="yes">
        <source> and %Ln more</source>
        <extracomment>Behind the names of some accounts</extracomment>
        <translation>
            <numerusform> and %Ln more</numerusform>
            <numerusform> and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ErrorText</name>
    <message numerus="yes">
        <source>%Ln account(s) could not be refreshed: %1.</source>
        <extracomment>%1 are the names of the accounts</extracomment>
        <translation>
            <numerusform>%Ln account could not be refreshed: %1.</numerusform>
            <numerusform>%Ln accounts could not be refreshed: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s) could not be refreshed: %1 and others.</source>
        <extracomment>%1 are the names of some of the accounts</extracomment>
        <translation>
            <numerusform>%Ln account could not be refreshed: %1 and others.</numerusform>
            <numerusform>%Ln accounts could not be refreshed: %1 and others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %Ln minute(s) slow, so AWS refuses its requests.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %Ln minute slow, so AWS refuses its requests.</numerusform>
            <numerusform>This computer&apos;s clock is %Ln minutes slow, so AWS refuses its requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %Ln minute(s) fast, so AWS refuses its requests.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %Ln minute fast, so AWS refuses its requests.</numerusform>
            <numerusform>This computer&apos;s clock is %Ln minutes fast, so AWS refuses its requests.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ExportAdvisorJob</name>
    <message numerus="yes">
        <source>Exporting %n check(s)</source>
        <translation>
            <numerusform>Exporting %n check</numerusform>
            <numerusform>Exporting %n checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ExportCasesJob</name>
    <message numerus="yes">
        <source>Exporting %n case(s)</source>
        <translation>
            <numerusform>Exporting %n case</numerusform>
            <numerusform>Exporting %n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::FileText</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A message takes %Ln file(s) here. Send this one with another reply.</source>
        <translation>
            <numerusform>A message takes %Ln file here. Send this one with another reply.</numerusform>
            <numerusform>A message takes %Ln files here. Send this one with another reply.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This file holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>This file holds %Ln secret: %1. People at AWS would read it.</numerusform>
            <numerusform>This file holds %Ln secrets: %1. People at AWS would read it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln file(s)</source>
        <comment>what is wrong with a file</comment>
        <translation>
            <numerusform>more than %Ln file</numerusform>
            <numerusform>more than %Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::FileTray</name>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>files</comment>
        <extracomment>%1 is a list of files</extracomment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) hold secrets: %1. People at AWS would read them.</source>
        <extracomment>%1 is a list of files</extracomment>
        <translation>
            <numerusform>A file holds secrets: %1. People at AWS would read it.</numerusform>
            <numerusform>%Ln files hold secrets: %1. People at AWS would read them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::FollowUpBar</name>
    <message numerus="yes">
        <source>%Ln file(s) follow by themselves in %1: %2</source>
        <extracomment>%1 is a number of replies (&quot;2 replies&quot;), %2 a list of files</extracomment>
        <translation>
            <numerusform>%Ln file follows by itself in %1: %2</numerusform>
            <numerusform>%Ln files follow by themselves in %1: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln repl(y/ies)</source>
        <translation>
            <numerusform>%Ln reply</numerusform>
            <numerusform>%Ln replies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ImportAccountsDialog</name>
    <message numerus="yes">
        <source>Listing… %n account(s) so far</source>
        <translation>
            <numerusform>Listing… %n account so far</numerusform>
            <numerusform>Listing… %n accounts so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n chosen</source>
        <translation>
            <numerusform>%1 of %n chosen</numerusform>
            <numerusform>%1 of %n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the list already</source>
        <translation>
            <numerusform>%n in the list already</numerusform>
            <numerusform>%n in the list already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A&amp;dd %n Account(s)</source>
        <translation>
            <numerusform>A&amp;dd %n Account</numerusform>
            <numerusform>A&amp;dd %n Accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::IntakeNotice</name>
    <message numerus="yes">
        <source>%Ln file(s) are not attached</source>
        <translation>
            <numerusform>%Ln file is not attached</numerusform>
            <numerusform>%Ln files are not attached</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more…</source>
        <translation>
            <numerusform>and %Ln more…</numerusform>
            <numerusform>and %Ln more…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::JobModel</name>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <extracomment>Status bar: %1 is what the first job does</extracomment>
        <translation>
            <numerusform>%1, and %n more</numerusform>
            <numerusform>%1, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::LogWindow</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::MessageFolds</name>
    <message numerus="yes">
        <source>Hide quoted text, %Ln line(s)</source>
        <translation>
            <numerusform>Hide quoted text, %Ln line</numerusform>
            <numerusform>Hide quoted text, %Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show quoted text, %Ln line(s)</source>
        <translation>
            <numerusform>Show quoted text, %Ln line</numerusform>
            <numerusform>Show quoted text, %Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hide footer, %Ln line(s)</source>
        <translation>
            <numerusform>Hide footer, %Ln line</numerusform>
            <numerusform>Hide footer, %Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show footer, %Ln line(s)</source>
        <translation>
            <numerusform>Show footer, %Ln line</numerusform>
            <numerusform>Show footer, %Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::MessageLimits</name>
    <message numerus="yes">
        <source>%Ln character(s) over AWS&apos;s limit of 8,000.</source>
        <translation>
            <numerusform>%Ln character over AWS&apos;s limit of 8,000.</numerusform>
            <numerusform>%Ln characters over AWS&apos;s limit of 8,000.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln CC address(es); AWS takes at most 10.</source>
        <translation>
            <numerusform>%Ln CC address; AWS takes at most 10.</numerusform>
            <numerusform>%Ln CC addresses; AWS takes at most 10.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::NewAccountsDialog</name>
    <message numerus="yes">
        <source>%n account(s) are tested before they are added; %1 done.</source>
        <extracomment>%1: so many are tested</extracomment>
        <translation>
            <numerusform>%n account is tested before it is added; %1 done.</numerusform>
            <numerusform>%n accounts are tested before they are added; %1 done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) work and were added.</source>
        <translation>
            <numerusform>%n account works and was added.</numerusform>
            <numerusform>%n accounts work and were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %n account(s) were not added; the list says why. Add them all the same, or leave them out?</source>
        <extracomment>%1: &quot;3 accounts work and were added.&quot;</extracomment>
        <translation>
            <numerusform>%1 %n account was not added; the list says why. Add it all the same, or leave it out?</numerusform>
            <numerusform>%1 %n accounts were not added; the list says why. Add them all the same, or leave them out?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) were not added; the list says why. They can be added all the same; their cases come once that is put right.</source>
        <translation>
            <numerusform>%n account was not added; the list says why. It can be added all the same; its cases come once that is put right.</numerusform>
            <numerusform>%n accounts were not added; the list says why. They can be added all the same; their cases come once that is put right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::OutboxModel</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::OutboxText</name>
    <message numerus="yes">
        <source>Uploading %Ln file(s)…, then it is sent.</source>
        <translation>
            <numerusform>Uploading %Ln file…, then it is sent.</numerusform>
            <numerusform>Uploading %Ln files…, then it is sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::OwnPattern</name>
    <message numerus="yes">
        <source>The pattern “%1” is not used: it is longer than %n character(s).</source>
        <translation>
            <numerusform>The pattern “%1” is not used: it is longer than %n character.</numerusform>
            <numerusform>The pattern “%1” is not used: it is longer than %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::PdfFile</name>
    <message numerus="yes">
        <source>Exporting %n case(s)</source>
        <translation>
            <numerusform>Exporting %n case</numerusform>
            <numerusform>Exporting %n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::PrintTarget</name>
    <message numerus="yes">
        <source>Printing %Ln case(s)</source>
        <translation>
            <numerusform>Printing %Ln case</numerusform>
            <numerusform>Printing %Ln cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ProfilesDialog</name>
    <message numerus="yes">
        <source>&amp;Add %n Profile(s)</source>
        <translation>
            <numerusform>&amp;Add %n Profile</numerusform>
            <numerusform>&amp;Add %n Profiles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::RemovedBar</name>
    <message numerus="yes">
        <source>%Ln file(s) removed</source>
        <translation>
            <numerusform>%Ln file removed</numerusform>
            <numerusform>%Ln files removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SaveAttachmentsJob</name>
    <message numerus="yes">
        <source>Saving %Ln attachment(s)</source>
        <translation>
            <numerusform>Saving %Ln attachment</numerusform>
            <numerusform>Saving %Ln attachments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SearchPage</name>
    <message numerus="yes">
        <source>%Ln result(s) for “%1”</source>
        <translation>
            <numerusform>%Ln result for “%1”</numerusform>
            <numerusform>%Ln results for “%1”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SecretNotice</name>
    <message numerus="yes">
        <source>This text holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>This text holds a secret: %1. People at AWS would read it.</numerusform>
            <numerusform>This text holds %Ln secrets: %1. People at AWS would read it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The subject holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>The subject holds a secret: %1. People at AWS would read it.</numerusform>
            <numerusform>The subject holds %Ln secrets: %1. People at AWS would read it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SendQuestion</name>
    <message numerus="yes">
        <source>Not filled in yet: %1 and %Ln more.</source>
        <translation>
            <numerusform>Not filled in yet: %1 and %Ln more.</numerusform>
            <numerusform>Not filled in yet: %1 and %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ServiceCompleter</name>
    <message numerus="yes">
        <source>%Ln service(s) fit: %1</source>
        <extracomment>What a screen reader says of a field: %1 is the first of them</extracomment>
        <translation>
            <numerusform>%Ln service fits: %1</numerusform>
            <numerusform>%Ln services fit: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SettingsNames</name>
    <message numerus="yes">
        <source>Resolved cases that did not change for %Ln month(s) will be deleted from this computer, with their messages and files.</source>
        <translation>
            <numerusform>Resolved cases that did not change for %Ln month will be deleted from this computer, with their messages and files.</numerusform>
            <numerusform>Resolved cases that did not change for %Ln months will be deleted from this computer, with their messages and files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Downloaded files of resolved cases that did not change for %Ln month(s) will be deleted from this computer.</source>
        <translation>
            <numerusform>Downloaded files of resolved cases that did not change for %Ln month will be deleted from this computer.</numerusform>
            <numerusform>Downloaded files of resolved cases that did not change for %Ln months will be deleted from this computer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SidebarModel</name>
    <message numerus="yes">
        <source>%1, %n case(s)</source>
        <extracomment>What a screen reader says of a sidebar entry: %1 is its name</extracomment>
        <translation>
            <numerusform>%1, %n case</numerusform>
            <numerusform>%1, %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n case(s) to reply to</source>
        <extracomment>What a screen reader says of an account in the sidebar: %1 is its name</extracomment>
        <translation>
            <numerusform>%1, %n case to reply to</numerusform>
            <numerusform>%1, %n cases to reply to</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drafts, %n entry(ies), one needs your decision</source>
        <translation>
            <numerusform>Drafts, %n entry that needs your decision</numerusform>
            <numerusform>Drafts, %n entries, one needs your decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drafts, %n entry(ies)</source>
        <translation>
            <numerusform>Drafts, %n entry</numerusform>
            <numerusform>Drafts, %n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag %1, %n case(s)</source>
        <extracomment>What a screen reader says of a tag in the sidebar: %1 is its name</extracomment>
        <translation>
            <numerusform>Tag %1, %n case</numerusform>
            <numerusform>Tag %1, %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n check(s) to look at</source>
        <translation>
            <numerusform>%1, %n check to look at</numerusform>
            <numerusform>%1, %n checks to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) could not be refreshed</source>
        <extracomment>Of the heading of accounts in the sidebar</extracomment>
        <translation>
            <numerusform>%n account could not be refreshed</numerusform>
            <numerusform>%n accounts could not be refreshed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::StatusPanel</name>
    <message numerus="yes">
        <source>%Ln account(s)</source>
        <translation>
            <numerusform>%Ln account</numerusform>
            <numerusform>%Ln accounts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> · %Ln account(s) could not be refreshed</source>
        <extracomment>At the end of the status bar&apos;s text about accounts and how fresh they are</extracomment>
        <translation>
            <numerusform> · %Ln account could not be refreshed</numerusform>
            <numerusform> · %Ln accounts could not be refreshed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TagsDialog</name>
    <message numerus="yes">
        <source>Tags of %Ln case(s)</source>
        <translation>
            <numerusform>Tags of %Ln case</numerusform>
            <numerusform>Tags of %Ln cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%2…” has %Ln character(s) too many: a tag has at most %1.</source>
        <extracomment>%1 is a number, %2 the beginning of the tag</extracomment>
        <translation>
            <numerusform>“%2…” has %Ln character too many: a tag has at most %1.</numerusform>
            <numerusform>“%2…” has %Ln characters too many: a tag has at most %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TimeText</name>
    <message numerus="yes">
        <source>%n min</source>
        <extracomment>A span of time, short: 5 minutes</extracomment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <extracomment>A span of time, short: 2 hours</extracomment>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <extracomment>A span of time, short: 3 days</extracomment>
        <translation>
            <numerusform>%n d</numerusform>
            <numerusform>%n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TransferPage</name>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>And %Ln more.</numerusform>
            <numerusform>And %Ln more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln setting(s)?</source>
        <translation>
            <numerusform>Change %Ln setting?</numerusform>
            <numerusform>Change %Ln settings?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) were changed:</source>
        <translation>
            <numerusform>%Ln setting was changed:</numerusform>
            <numerusform>%Ln settings were changed:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TrayIcon</name>
    <message numerus="yes">
        <source>Casement: %Ln case(s) with answers that nobody has read</source>
        <translation>
            <numerusform>Casement: %Ln case with an answer that nobody has read</numerusform>
            <numerusform>Casement: %Ln cases with answers that nobody has read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::UnlistedDialog</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::UnstoredQuestion</name>
    <message numerus="yes">
        <source>%Ln text(s) that you wrote are not stored, and would be lost.</source>
        <translation>
            <numerusform>%Ln text that you wrote is not stored, and would be lost.</numerusform>
            <numerusform>%Ln texts that you wrote are not stored, and would be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::WelcomePage</name>
    <message numerus="yes">
        <source>&amp;Use %Ln Profile(s)</source>
        <translation>
            <numerusform>&amp;Use %Ln Profile</numerusform>
            <numerusform>&amp;Use %Ln Profiles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Read %n Draft(s) of Removed Accounts</source>
        <translation>
            <numerusform>&amp;Read %n Draft of Removed Accounts</numerusform>
            <numerusform>&amp;Read %n Drafts of Removed Accounts</numerusform>
        </translation>
    </message>
</context>
</TS>
