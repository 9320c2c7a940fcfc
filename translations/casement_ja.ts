<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>casement::AboutDialog</name>
    <message>
        <source>About Casement</source>
        <translation>Casement について</translation>
    </message>
    <message>
        <source>A desktop client for AWS Support. Not made by Amazon.</source>
        <translation>AWS Support のデスクトップクライアントです。Amazon の製品ではありません。</translation>
    </message>
    <message>
        <source>Apache License 2.0</source>
        <translation>Apache License 2.0</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Copy version, build and libraries as text</source>
        <translation>バージョン、ビルド、ライブラリをテキストとしてコピー</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>閉じる(&amp;O)</translation>
    </message>
    <message>
        <source>Casement %1</source>
        <translation>Casement %1</translation>
    </message>
    <message>
        <source>Build: %1</source>
        <translation>ビルド：%1</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>License</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Made with Qt %1 (www.qt.io), free software under the GNU Lesser General Public License.</source>
        <translation>Qt %1（www.qt.io）を使って作られています。Qt は GNU LGPL で公開されている自由ソフトウェアです。</translation>
    </message>
</context>
<context>
    <name>casement::AccountActions</name>
    <message>
        <source>Accounts</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Leave the demo for your own accounts?</source>
        <translation>デモを終了して自分のアカウントに切り替えますか？</translation>
    </message>
    <message>
        <source>The made-up company ends, and with it what you wrote and changed there.</source>
        <translation>架空の会社は終了し、そこで書いたものや変更したものも失われます。</translation>
    </message>
    <message>
        <source>&amp;Leave the Demo</source>
        <translation>デモを終了(&amp;L)</translation>
    </message>
</context>
<context>
    <name>casement::AccountChoice</name>
    <message>
        <source>All accounts</source>
        <translation>すべてのアカウント</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Show the cases of one account</source>
        <translation>1 つのアカウントのケースを表示</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>account</comment>
        <extracomment>An account in a list: its name and its number</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Name or number of an account</source>
        <translation>アカウントの名前または番号</translation>
    </message>
    <message>
        <source>%1. Not refreshed: %2</source>
        <comment>account</comment>
        <extracomment>What a screen reader says of an account in a list that can&apos;t be refreshed: %2 is why</extracomment>
        <translation>%1。更新できません：%2</translation>
    </message>
</context>
<context>
    <name>casement::AccountDialog</name>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Access &amp;key ID</source>
        <translation>アクセスキー ID(&amp;K)</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>アクセスキー ID</translation>
    </message>
    <message>
        <source>&amp;Secret access key</source>
        <translation>シークレットアクセスキー(&amp;S)</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>シークレットアクセスキー</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>表示(&amp;W)</translation>
    </message>
    <message>
        <source>Show the secret access key</source>
        <translation>シークレットアクセスキーを表示</translation>
    </message>
    <message>
        <source>Session tok&amp;en</source>
        <translation>セッショントークン(&amp;E)</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>セッショントークン</translation>
    </message>
    <message>
        <source>Only of temporary keys</source>
        <translation>一時的なキーの場合のみ</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>リージョン(&amp;R)</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Co&amp;lor</source>
        <translation>色(&amp;L)</translation>
    </message>
    <message>
        <source>An&amp;other endpoint than AWS&apos;s own</source>
        <translation>AWS 以外のエンドポイントを使う(&amp;O)</translation>
    </message>
    <message>
        <source>Endpoint &amp;URL</source>
        <translation>エンドポイント URL(&amp;U)</translation>
    </message>
    <message>
        <source>Endpoint URL</source>
        <translation>エンドポイント URL</translation>
    </message>
    <message>
        <source>Keep for This Sess&amp;ion Only</source>
        <translation>今回だけ使う(&amp;I)</translation>
    </message>
    <message>
        <source>Tes&amp;t</source>
        <translation>テスト(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Add Account</source>
        <translation>アカウントの追加</translation>
    </message>
    <message>
        <source>Edit Account</source>
        <translation>アカウントの編集</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>As configured, else us-east-1</source>
        <translation>設定どおり、なければ us-east-1</translation>
    </message>
    <message>
        <source>The keys go to the keychain of this computer and nowhere else.</source>
        <translation>キーはこのコンピューターのキーチェーンだけに保存されます。</translation>
    </message>
    <message>
        <source>Leave the key fields empty to keep the keys that it has.</source>
        <translation>今のキーのままにするには、キーの欄を空のままにしてください。</translation>
    </message>
    <message>
        <source>This looks like a secret access key. The name is seen by everybody.</source>
        <translation>シークレットアクセスキーのように見えます。名前は誰にでも見えます。</translation>
    </message>
    <message>
        <source>Enter the endpoint URL.</source>
        <translation>エンドポイントの URL を入力してください。</translation>
    </message>
    <message>
        <source>S&amp;top Testing</source>
        <translation>テストを中止(&amp;T)</translation>
    </message>
    <message>
        <source>The account can be added all the same; its cases come once this is put right.</source>
        <translation>このままでもアカウントを追加できます。問題が直れば、ケースが表示されます。</translation>
    </message>
    <message>
        <source>Ask &amp;before anything is sent from it</source>
        <translation>このアカウントから送信する前に確認する(&amp;B)</translation>
    </message>
    <message>
        <source>A reply, a new case or resolving one is asked about once more, here and by casement-cli. The account is red unless another color is chosen.</source>
        <translation>返信、新しいケース、ケースの解決の前に、このウィンドウでも casement-cli でももう一度確認します。ほかの色を選ばなければ、アカウントは赤で表示されます。</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Support &amp;plan</source>
        <translation>サポートプラン(&amp;P)</translation>
    </message>
    <message>
        <source>Support plan</source>
        <translation>サポートプラン</translation>
    </message>
    <message>
        <source>Decides by when AWS aims to answer first: no operation of AWS tells the plan.</source>
        <translation>AWS が最初に回答する目標時間を決めます。プランを取得できる AWS のオペレーションはありません。</translation>
    </message>
    <message>
        <source>As in Settings</source>
        <extracomment>Instead of a support plan: the one that the page Response Targets of the settings says</extracomment>
        <translation>設定のとおり</translation>
    </message>
    <message>
        <source>&amp;Add Anyway</source>
        <translation>そのまま追加(&amp;A)</translation>
    </message>
    <message>
        <source>Sa&amp;ve Anyway</source>
        <translation>そのまま保存(&amp;V)</translation>
    </message>
    <message>
        <source>%1 It can be added all the same.</source>
        <comment>after a sentence</comment>
        <translation>%1このままでも追加できます。</translation>
    </message>
    <message>
        <source>The keys can be kept all the same; cases come once this is put right.</source>
        <translation>このままでもキーを保存できます。問題が直れば、ケースが表示されます。</translation>
    </message>
    <message>
        <source>Enter the keys again. Kept for this session only, they are used until Casement ends, and the keychain keeps what it has.</source>
        <translation>キーをもう一度入力してください。今回だけ使う場合は、Casement を終了するまで使われ、キーチェーンの内容は変わりません。</translation>
    </message>
</context>
<context>
    <name>casement::AccountImport</name>
    <message>
        <source>has no keys</source>
        <translation>キーがありません</translation>
    </message>
    <message>
        <source>“aws login”: use credential_process</source>
        <translation>「aws login」：credential_process を使用してください</translation>
    </message>
    <message>
        <source>The file is larger than 16 MB. Choose one with a line for each account.</source>
        <translation>ファイルが 16 MB を超えています。アカウントごとに 1 行のファイルを選択してください。</translation>
    </message>
    <message>
        <source>The file is no text in UTF-8. Save it as “CSV UTF-8” and choose it again.</source>
        <translation>ファイルが UTF-8 のテキストではありません。「CSV UTF-8」で保存して選択し直してください。</translation>
    </message>
    <message>
        <source>A quotation mark begins here and has no end.</source>
        <translation>ここで始まる引用符が閉じられていません。</translation>
    </message>
    <message>
        <source>The file is empty. Its first line must name the columns: name, profile or role_arn.</source>
        <translation>ファイルが空です。1 行目に列名（name と、profile または role_arn）が必要です。</translation>
    </message>
    <message>
        <source>The column %1 stands here twice.</source>
        <translation>列 %1 が 2 回あります。</translation>
    </message>
    <message>
        <source>The first line must name the columns: name, and profile or role_arn. It reads: %1</source>
        <translation>1 行目に列名（name と、profile または role_arn）が必要です。現在の内容：%1</translation>
    </message>
    <message>
        <source>There are more cells than columns. Put a cell that holds the separator into quotation marks.</source>
        <translation>列よりセルが多くあります。区切り文字を含むセルは引用符で囲んでください。</translation>
    </message>
    <message>
        <source>The account has no name.</source>
        <translation>アカウントの名前がありません。</translation>
    </message>
    <message>
        <source>The name is longer than 100 characters.</source>
        <translation>名前が 100 文字を超えています。</translation>
    </message>
    <message>
        <source>“%1” stands on line %2 too.</source>
        <translation>「%1」は %2 行目にもあります。</translation>
    </message>
    <message>
        <source>“%1” has neither a profile nor a role_arn.</source>
        <translation>「%1」には profile も role_arn もありません。</translation>
    </message>
    <message>
        <source>“%1” has both a profile and a role_arn; only one can be.</source>
        <translation>「%1」には profile と role_arn の両方があります。どちらか一方にしてください。</translation>
    </message>
    <message>
        <source>The role_arn of “%1” is not the ARN of a role, such as arn:aws:iam::111122223333:role/Support.</source>
        <translation>「%1」の role_arn が正しくありません。arn:aws:iam::111122223333:role/Support のような形式です。</translation>
    </message>
    <message>
        <source>“%1” is a role. Choose the account whose keys assume it.</source>
        <translation>「%1」はロールです。引き受けるキーのアカウントを選択してください。</translation>
    </message>
    <message>
        <source>“%1” has an external_id, which only a role_arn takes.</source>
        <translation>「%1」に external_id がありますが、role_arn にだけ使えます。</translation>
    </message>
    <message>
        <source>The region of “%1” is not a region, such as us-east-1.</source>
        <translation>「%1」の region が正しくありません。us-east-1 のような形式です。</translation>
    </message>
    <message>
        <source>The endpoint_url of “%1” is not an address: those begin with https://, or with http:// on this computer.</source>
        <translation>「%1」の endpoint_url が正しくありません。https://（このコンピューター上なら http://）で始まります。</translation>
    </message>
    <message>
        <source>The color of “%1” is none of: %2.</source>
        <translation>「%1」の color は次のいずれでもありません：%2。</translation>
    </message>
    <message>
        <source>No account follows the line with the columns.</source>
        <translation>列名の行の後にアカウントがありません。</translation>
    </message>
    <message>
        <source>Enter the name of the role.</source>
        <translation>ロールの名前を入力してください。</translation>
    </message>
    <message>
        <source>A role&apos;s name has up to 64 letters, digits and characters of +=,.@_-</source>
        <translation>ロールの名前は英数字と +=,.@_- からなる 64 文字以内です</translation>
    </message>
    <message>
        <source>The external_id of “%1” is none: it has 2 to 1,224 letters, digits and characters of _+=,.@:/-</source>
        <translation>「%1」の external_id が正しくありません。2～1,224 文字の英数字と記号 _+=,.@:/- で指定してください。</translation>
    </message>
    <message>
        <source>The column %1 is for keys, and those are not read from a table: take it out of the file. Keys are entered when an account is added, or stand in a profile that the table names.</source>
        <translation>列 %1 はキーの列ですが、キーは表からは読み込みません。ファイルからこの列を削除してください。キーはアカウントを追加するときに入力するか、表に書いたプロファイルに設定します。</translation>
    </message>
</context>
<context>
    <name>casement::AccountImporter</name>
    <message>
        <source>&amp;Many at Once…</source>
        <translation>まとめて追加(&amp;M)…</translation>
    </message>
</context>
<context>
    <name>casement::AccountKeeper</name>
    <message>
        <source>“%1” is off the list, but its keys may still be in the keychain. Delete the entry “%2” of org.casement.Casement there.</source>
        <translation>「%1」は一覧から外れましたが、キーがキーチェーンに残っているかもしれません。キーチェーンで org.casement.Casement の項目「%2」を削除してください。</translation>
    </message>
    <message>
        <source>“%1” is at %2 now, as ~/.aws says, and was at %3. The cases and drafts of each place stay apart.</source>
        <translation>「%1」の接続先は、~/.aws の記述に従って %3 から %2 に変わりました。ケースと下書きは接続先ごとに分けて保存されます。</translation>
    </message>
</context>
<context>
    <name>casement::AccountList</name>
    <message>
        <source>Give the account a name.</source>
        <translation>アカウントに名前を付けてください。</translation>
    </message>
    <message>
        <source>The name is longer than 100 characters. Give the account a shorter one.</source>
        <translation>名前が 100 文字を超えています。もっと短い名前を付けてください。</translation>
    </message>
    <message>
        <source>There is an account &quot;%1&quot; already. Give this one another name.</source>
        <translation>「%1」というアカウントはすでにあります。別の名前を付けてください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in the list is this account already.</source>
        <translation>このアカウントは「%1」としてすでに一覧にあります。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no region of AWS. Regions look like us-east-1.</source>
        <translation>「%1」は AWS のリージョンではありません。リージョンは us-east-1 のような形です。</translation>
    </message>
    <message>
        <source>The endpoint must be a URL that begins with https://, or with http:// on this computer, without user name, query and fragment.</source>
        <translation>エンドポイントは https:// で始まる URL（このコンピューターなら http:// も可）で、ユーザー名、クエリ、フラグメントを含まないものにしてください。</translation>
    </message>
    <message>
        <source>Name the profile of ~/.aws whose keys the account uses.</source>
        <translation>アカウントがキーを使う ~/.aws のプロファイルを指定してください。</translation>
    </message>
    <message>
        <source>The role must be named by its ARN, such as arn:aws:iam::111122223333:role/Support.</source>
        <translation>ロールは arn:aws:iam::111122223333:role/Support のような ARN で指定してください。</translation>
    </message>
    <message>
        <source>An external ID has 2 to 1,224 letters, digits and characters of _+=,.@:/-</source>
        <translation>外部 ID は 2 ～ 1,224 文字の英数字と _+=,.@:/- で入力してください。</translation>
    </message>
    <message>
        <source>Name the account in the list whose keys assume the role.</source>
        <translation>ロールを引き受けるキーを持つ、一覧のアカウントを指定してください。</translation>
    </message>
    <message>
        <source>The role would be assumed with its own keys. Choose another account for them.</source>
        <translation>ロールが自分自身のキーで引き受けられることになります。キーには別のアカウントを選んでください。</translation>
    </message>
    <message>
        <source>The account &quot;%1&quot; is in the list already.</source>
        <translation>アカウント「%1」はすでに一覧にあります。</translation>
    </message>
    <message>
        <source>The account &quot;%1&quot; uses the keys of an account that is not in the list any more. Choose another one for it, or remove it.</source>
        <translation>アカウント「%1」が使うキーのアカウントは、もう一覧にありません。別のアカウントを選ぶか、このアカウントを一覧から外してください。</translation>
    </message>
    <message>
        <source>The accounts use each other&apos;s keys in a circle: %1. Choose another one for the keys of one of them.</source>
        <translation>アカウントが互いのキーを循環して使っています：%1。どれか 1 つのキーに別のアカウントを選んでください。</translation>
    </message>
    <message>
        <source>The keys of &quot;%1&quot; were entered for one run of the program. Enter them again.</source>
        <translation>「%1」のキーは前回の実行中だけのものでした。もう一度入力してください。</translation>
    </message>
    <message>
        <source>The list of accounts %1 is damaged (%2) and is left as it is. Mend it, or move it away and add the accounts again.</source>
        <translation>アカウントの一覧 %1 は壊れている（%2）ため、そのまま残してあります。ファイルを直すか、移動してからアカウントを追加し直してください。</translation>
    </message>
    <message>
        <source>Another program has been changing it for too long. Close it and try again.</source>
        <translation>別のプログラムが長い間変更しています。そのプログラムを閉じて、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder.</source>
        <translation>ファイルとフォルダーの権限を確認してください。</translation>
    </message>
    <message>
        <source>Check the disk and the folder.</source>
        <translation>ディスクとフォルダーを確認してください。</translation>
    </message>
    <message>
        <source>larger than 10 MB</source>
        <translation>10 MB を超えています</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>%1 行目：%2</translation>
    </message>
    <message>
        <source>The list of accounts %1 was made by a newer version of Casement. Install that version, or move the file away.</source>
        <translation>アカウントの一覧 %1 は新しいバージョンの Casement で作られました。そのバージョンをインストールするか、ファイルを移動してください。</translation>
    </message>
    <message>
        <source>it is no list of accounts</source>
        <translation>アカウントの一覧ではありません</translation>
    </message>
    <message>
        <source>entry %1 has no name or no id of its own</source>
        <translation>%1 番目の項目に名前または固有の ID がありません</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>空のファイルです</translation>
    </message>
    <message>
        <source>The account &quot;%1&quot; is not in the list any more. Add it again.</source>
        <translation>アカウント「%1」は一覧にありません。もう一度追加してください。</translation>
    </message>
    <message>
        <source>It would be larger than 10 MB: remove accounts from it.</source>
        <translation>10 MB を超えてしまいます。アカウントを減らしてください。</translation>
    </message>
    <message>
        <source>The reason: %1. Mend that, then try again.</source>
        <translation>理由：%1。これを解消してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was added by a newer version of Casement and can only be used and changed by that one. Install it.</source>
        <translation>アカウント「%1」は新しいバージョンの Casement で追加されたもので、そのバージョンでしか使用・変更できません。新しいバージョンをインストールしてください。</translation>
    </message>
    <message>
        <source>The name holds a character that can&apos;t be shown. Write it without line breaks and the like.</source>
        <translation>名前に表示できない文字が含まれています。改行などを除いて入力してください。</translation>
    </message>
    <message>
        <source>The list of accounts %1 can&apos;t be read: %2. Mend that, then try again.</source>
        <translation>アカウントの一覧 %1 を読み取れません：%2。これを解消してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The list of accounts %1 can&apos;t be written, and is as it was. %2</source>
        <translation>アカウントの一覧 %1 に書き込めません。一覧は変更されていません。%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: %2</source>
        <extracomment>%1: name of an account; %2: a sentence</extracomment>
        <translation>「%1」：%2</translation>
    </message>
    <message>
        <source>The profile of &quot;%2&quot; leads to account %1 now, and &quot;%2&quot; is account %3. Nothing was asked or sent with its keys. Put the profile right, or add account %1 by a profile of another name.</source>
        <translation>「%2」のプロファイルは現在アカウント %1 につながりますが、「%2」はアカウント %3 です。そのキーでは何も問い合わせず、何も送信していません。プロファイルを元に戻すか、別の名前のプロファイルでアカウント %1 を追加してください。</translation>
    </message>
    <message>
        <source>These keys belong to account %1, and &quot;%2&quot; is account %3. Nothing was asked or sent with them. Put keys of account %3 back, or add account %1 to the list as an account of its own.</source>
        <translation>このキーはアカウント %1 のもので、「%2」はアカウント %3 です。このキーでは何も問い合わせず、何も送信していません。アカウント %3 のキーに戻すか、アカウント %1 を別のアカウントとして一覧に追加してください。</translation>
    </message>
    <message>
        <source>The files of ~/.aws named an endpoint for &quot;%1&quot; and name it no more. Nothing was asked or sent with its keys. Put endpoint_url back there, or, if the account is somewhere else now, edit it in Settings &gt; Accounts and save it.</source>
        <translation>~/.aws のファイルに「%1」のエンドポイントが書かれていましたが、今はありません。そのキーでは何も問い合わせず、何も送信していません。endpoint_url を元に戻してください。アカウントの場所が実際に変わった場合は、設定 &gt; アカウントで編集して保存してください。</translation>
    </message>
    <message>
        <source>The cases that came for &quot;%2&quot; are those of account %1, and &quot;%2&quot; is account %3. None of them was kept. Put its profile right, or add account %1 by a profile of another name.</source>
        <translation>「%2」として届いたケースはアカウント %1 のもので、「%2」はアカウント %3 です。届いたケースは一件も保存していません。プロファイルを元に戻すか、別の名前のプロファイルでアカウント %1 を追加してください。</translation>
    </message>
    <message>
        <source>The cases that came for &quot;%2&quot; are those of account %1, and &quot;%2&quot; is account %3. None of them was kept. Put keys of account %3 back, or add account %1 to the list as an account of its own.</source>
        <translation>「%2」として届いたケースはアカウント %1 のもので、「%2」はアカウント %3 です。届いたケースは一件も保存していません。アカウント %3 のキーに戻すか、アカウント %1 を別のアカウントとして一覧に追加してください。</translation>
    </message>
    <message>
        <source>Not one case came for &quot;%1&quot;, whose cases are known here: its keys may be those of another account. Nothing was changed here or sent with them. Put its own keys back, or, if it really has no cases any more, edit it in Settings &gt; Accounts and save it.</source>
        <translation>「%1」のケースはここに保存されていますが、今回は 1 件も届きませんでした。別のアカウントのキーかもしれません。ここでは何も変更せず、そのキーでは何も送信していません。元のキーに戻してください。ケースが実際に 1 件もなくなった場合は、設定 &gt; アカウントで編集して保存してください。</translation>
    </message>
    <message>
        <source>Nothing tells that the keys of &quot;%1&quot; are its own: the service shows them none of its cases that are known here. Nothing was asked or sent with them. Put its own keys back, or, if these are its own, edit it in Settings &gt; Accounts and save it.</source>
        <translation>「%1」のキーがこのアカウントのものかどうかを確認できません。ここに保存されているケースが、サービスからこのキーには 1 件も示されませんでした。そのキーでは何も問い合わせず、何も送信していません。元のキーに戻してください。このキーで正しい場合は、設定 &gt; アカウントで編集して保存してください。</translation>
    </message>
    <message>
        <source>Nothing tells that the keys of &quot;%1&quot; are its own: they may not call support:DescribeCases, so that the cases that are known here can&apos;t be compared. Nothing was asked or sent with them. Allow them that, put its own keys back, or, if these are its own, edit it in Settings &gt; Accounts and save it.</source>
        <translation>「%1」のキーがこのアカウントのものかどうかを確認できません。このキーには support:DescribeCases を呼び出す権限がないため、ここに保存されているケースと照合できません。そのキーでは何も問い合わせず、何も送信していません。権限を付けるか、元のキーに戻してください。このキーで正しい場合は、設定 &gt; アカウントで編集して保存してください。</translation>
    </message>
    <message>
        <source>The case was opened in account %1, and &quot;%2&quot; is account %3: the keys of &quot;%2&quot; are another account&apos;s. Nothing more is sent with them. Resolve the case there if it should not stand there, and put keys of account %3 back.</source>
        <translation>ケースはアカウント %1 に作成されましたが、「%2」はアカウント %3 です。「%2」のキーが別のアカウントのものになっています。このキーではこれ以上何も送信しません。作成先が誤りであれば、そちらでケースを解決済みにし、アカウント %3 のキーに戻してください。</translation>
    </message>
</context>
<context>
    <name>casement::AccountModel</name>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>%1 (not open)</source>
        <extracomment>Of an account of the list that the window does not show: %1 is its name</extracomment>
        <translation>%1（開いていません）</translation>
    </message>
    <message>
        <source>%1 (no longer in the list)</source>
        <extracomment>Of an account that was removed: %1 is its name</extracomment>
        <translation>%1（一覧から削除済み）</translation>
    </message>
    <message>
        <source>“%1” is not open in this window.</source>
        <translation>「%1」はこのウィンドウで開かれていません。</translation>
    </message>
    <message>
        <source>“%1” is not in the list any more. Add it in Settings &gt; Accounts to send this.</source>
        <translation>「%1」はもう一覧にありません。送信するには、設定 &gt; アカウントで追加してください。</translation>
    </message>
</context>
<context>
    <name>casement::AccountReport</name>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message>
        <source>Asking AWS what these keys may do…</source>
        <translation>このキーで何ができるかを AWS に確認しています…</translation>
    </message>
    <message>
        <source>IAM &amp;policy that allows what is missing, for who looks after the account</source>
        <translation>不足を許可する IAM ポリシー（アカウントの管理者向け）(&amp;P)</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy the IAM policy</source>
        <translation>IAM ポリシーをコピー</translation>
    </message>
    <message>
        <source>IAM policy</source>
        <translation>IAM ポリシー</translation>
    </message>
    <message>
        <source>Read cases</source>
        <translation>ケースを読む</translation>
    </message>
    <message>
        <source>Write cases</source>
        <translation>ケースを書く</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>Trusted Advisor</source>
        <translation>Trusted Advisor</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <extracomment>Between the names of operations of the API</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>This service does not have it.</source>
        <translation>このサービスにはありません。</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>許可されています</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>許可されていません</translation>
    </message>
    <message>
        <source>Not allowed: %1</source>
        <translation>許可されていません：%1</translation>
    </message>
    <message>
        <source>Could not be found out. %1</source>
        <translation>確認できませんでした。%1</translation>
    </message>
    <message>
        <source>Could not be found out: %1</source>
        <translation>確認できませんでした：%1</translation>
    </message>
    <message>
        <source>The keys work.</source>
        <translation>キーは使えます。</translation>
    </message>
    <message>
        <source>Cases can be read, but not all that writes them is allowed.</source>
        <translation>ケースは読めますが、書くための操作の一部が許可されていません。</translation>
    </message>
    <message>
        <source>All is well: these keys may do everything that Casement does.</source>
        <translation>問題ありません。このキーで Casement のすべての操作ができます。</translation>
    </message>
    <message>
        <source>Cases can be read and written; some things are not allowed.</source>
        <translation>ケースの読み書きはできますが、許可されていない操作があります。</translation>
    </message>
    <message>
        <source>Account %1, as %2</source>
        <translation>アカウント %1、%2 として</translation>
    </message>
    <message>
        <source>Whose keys these are could not be asked. %1</source>
        <translation>誰のキーかを問い合わせられませんでした。%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>label and value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The keys are accepted, but they may not read cases.</source>
        <translation>キーは受け付けられましたが、ケースを読み取る権限がありません。</translation>
    </message>
    <message>
        <source>The keys are accepted. Whether they may read cases could not be found out. %1</source>
        <translation>キーは受け付けられました。ケースを読み取れるかどうかは確認できませんでした。%1</translation>
    </message>
    <message>
        <source>Whether the keys are accepted could not be found out. %1</source>
        <translation>キーが受け付けられるかどうか確認できませんでした。%1</translation>
    </message>
    <message>
        <source>At an endpoint of its own nobody is asked whose keys these are. The ids of the cases that come tell it, and those of another account are refused.</source>
        <translation>独自のエンドポイントでは、どのアカウントのキーかを問い合わせません。届いたケースの ID で判断し、別のアカウントのケースは受け付けません。</translation>
    </message>
    <message>
        <source>Cases can be read. Whether all that writes them is allowed could not be found out. %1</source>
        <translation>ケースを読み取れます。書き込みに必要なすべてが許可されているかどうかは確認できませんでした。%1</translation>
    </message>
</context>
<context>
    <name>casement::AccountTestDialog</name>
    <message>
        <source>Test of %1</source>
        <translation>%1 のテスト</translation>
    </message>
    <message>
        <source>Test &amp;Again</source>
        <translation>もう一度テスト(&amp;A)</translation>
    </message>
</context>
<context>
    <name>casement::AccountText</name>
    <message>
        <source>Blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>オレンジ</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青緑</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>オリーブ</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>藍</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>茶</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>Keychain</source>
        <extracomment>Where the keys of an account come from</extracomment>
        <translation>キーチェーン</translation>
    </message>
    <message>
        <source>This session only</source>
        <extracomment>Where the keys of an account come from: they were entered, and are gone when the program ends</extracomment>
        <translation>今回のみ</translation>
    </message>
    <message>
        <source>Profile %1</source>
        <extracomment>Where the keys of an account come from; %1 is a profile of ~/.aws</extracomment>
        <translation>プロファイル %1</translation>
    </message>
    <message>
        <source>Environment</source>
        <extracomment>Where the keys of an account come from</extracomment>
        <translation>環境変数</translation>
    </message>
    <message>
        <source>Role %1</source>
        <extracomment>Where the keys of an account come from; %1 is a role, %2 the name of another account</extracomment>
        <translation>ロール %1</translation>
    </message>
    <message>
        <source>Role %1 by %2</source>
        <translation>ロール %1（%2 から）</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Not open</source>
        <translation>開いていません</translation>
    </message>
    <message>
        <source>Being loaded…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Not refreshed yet</source>
        <translation>まだ更新していません</translation>
    </message>
    <message>
        <source>Refreshed %1</source>
        <translation>更新：%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>sentences</comment>
        <extracomment>Two sentences, one after the other.</extracomment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>This is no region of AWS. Write it like eu-west-1.</source>
        <translation>AWS のリージョンではありません。eu-west-1 のように書いてください。</translation>
    </message>
    <message>
        <source>This is no address of a service. Write it like https://support.example.com.</source>
        <translation>サービスのアドレスではありません。https://support.example.com のように書いてください。</translation>
    </message>
    <message>
        <source>Unknown here</source>
        <extracomment>Where the keys of an account come from: only a newer version of this program knows</extracomment>
        <translation>不明</translation>
    </message>
    <message>
        <source>Needs a newer Casement</source>
        <translation>新しい Casement が必要です</translation>
    </message>
    <message>
        <source>Casement does not know this region. It is used all the same, since AWS adds regions.</source>
        <translation>Casement の知らないリージョンです。AWS はリージョンを追加することがあるため、このまま使用します。</translation>
    </message>
    <message>
        <source>This looks like “%1” in the list, in other letters.</source>
        <translation>一覧の「%1」と見た目が似ていますが、別の文字です。</translation>
    </message>
    <message>
        <source>“%1” was added by a newer version of Casement. This one keeps and shows it, and can neither refresh nor change it: install the newer one.</source>
        <translation>「%1」は新しいバージョンの Casement で追加されました。このバージョンでは保持と表示だけを行い、更新も変更もできません。新しいバージョンをインストールしてください。</translation>
    </message>
    <message>
        <source>This is account %1, which is in the list as “%2” already.</source>
        <translation>これはアカウント %1 で、すでに「%2」として一覧にあります。</translation>
    </message>
</context>
<context>
    <name>casement::AccountsPage</name>
    <message>
        <source>Filter accounts</source>
        <translation>アカウントの絞り込み</translation>
    </message>
    <message>
        <source>Filter accounts by name, number or profile</source>
        <translation>名前・番号・プロファイルで絞り込み</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>編集(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Test…</source>
        <translation>テスト(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>上へ(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>下へ(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>外す(&amp;R)…</translation>
    </message>
    <message>
        <source>Access &amp;Keys…</source>
        <translation>アクセスキー(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Profiles of ~/.aws…</source>
        <translation>~/.aws のプロファイル(&amp;P)…</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Resu&amp;me</source>
        <translation>再開(&amp;P)</translation>
    </message>
    <message>
        <source>No account yet. Add one.</source>
        <translation>アカウントはまだありません。追加してください。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>account</comment>
        <extracomment>The name of an account, and how it stands</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) chosen</source>
        <translation>
            <numerusform>%n 個のアカウントを選択中</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “%1” from the list?</source>
        <translation>「%1」を一覧から外しますか？</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n account(s) from the list?</source>
        <translation>
            <numerusform>%n 個のアカウントを一覧から外しますか？</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove Account</source>
        <translation>アカウントを外す</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>ケース %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>下書き %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer holds %1 and %2 of it. What is kept is there again when the account is added again; what is deleted is gone from this computer for good, not from AWS.</source>
        <translation>このコンピューターには %1と%2 があります。残したデータは、アカウントをもう一度追加すると再び表示されます。削除したデータはこのコンピューターから完全に消えますが、AWS からは消えません。</translation>
    </message>
    <message>
        <source>Keys in the keychain are removed.</source>
        <translation>キーチェーンのキーは削除されます。</translation>
    </message>
    <message>
        <source>Other accounts in the list use its keys and will not work any more.</source>
        <translation>一覧の他のアカウントがこのキーを使っており、使えなくなります。</translation>
    </message>
    <message>
        <source>Remove and &amp;Keep the Data</source>
        <translation>外してデータを残す(&amp;K)</translation>
    </message>
    <message>
        <source>Remove and &amp;Delete the Data</source>
        <translation>外してデータも削除(&amp;D)</translation>
    </message>
    <message>
        <source>Sh&amp;ow Them…</source>
        <translation>表示(&amp;O)…</translation>
    </message>
    <message numerus="yes">
        <source>This computer also holds data of %n account(s) that are not in the list.</source>
        <translation>
            <numerusform>一覧にないアカウント %n 件のデータも、このコンピューターに残っています。</numerusform>
        </translation>
    </message>
    <message>
        <source>The window shows the accounts of the demo, of the command line or of the environment now, and not those of this list.</source>
        <translation>ウィンドウには現在、この一覧のアカウントではなく、デモ、コマンドライン、または環境変数のアカウントが表示されています。</translation>
    </message>
</context>
<context>
    <name>casement::ActivityModel</name>
    <message>
        <source>Started</source>
        <extracomment>Column: when a job was begun</extracomment>
        <translation>開始</translation>
    </message>
    <message>
        <source>Activity</source>
        <extracomment>Columns: what a job does, and how it ended or how far it is</extracomment>
        <translation>処理</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Running, %1 of %2</source>
        <extracomment>Of something that runs: %1 of %2 steps or bytes are done</extracomment>
        <translation>実行中（%1 / %2）</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
</context>
<context>
    <name>casement::ActivityWindow</name>
    <message>
        <source>Activity</source>
        <translation>処理状況</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>中止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop &amp;All</source>
        <translation>すべて中止(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>閉じる(&amp;O)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>まだ何も行っていません</translation>
    </message>
    <message>
        <source>What Casement fetches, sends and saves stands here, with how it ended.</source>
        <translation>Casement による取得、送信、保存と、その結果がここに表示されます。</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Stops what is chosen, if it runs</source>
        <translation>選択したもののうち、実行中のものを中止します</translation>
    </message>
    <message>
        <source>Stops everything that runs</source>
        <translation>実行中のものをすべて中止します</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorActions</name>
    <message>
        <source>“%1” was refreshed.</source>
        <translation>「%1」を更新しました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) were refreshed.</source>
        <translation>
            <numerusform>%Ln 件のチェックを更新しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln better</source>
        <extracomment>Checks with a better status after a refresh</extracomment>
        <translation>
            <numerusform>改善 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln worse</source>
        <extracomment>Checks with a worse status after a refresh</extracomment>
        <translation>
            <numerusform>悪化 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>flagged resources %1 → %2</source>
        <translation>問題のあるリソース %1 → %2</translation>
    </message>
    <message>
        <source>Nothing changed.</source>
        <translation>変化はありません。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>AWS gave up refreshing “%1”: try again later.</source>
        <translation>AWS は「%1」の更新を中止しました。後でもう一度お試しください。</translation>
    </message>
    <message numerus="yes">
        <source>AWS gave up on %Ln check(s): try again later.</source>
        <translation>
            <numerusform>AWS は %Ln 件のチェックの更新を中止しました。後でもう一度お試しください。</numerusform>
        </translation>
    </message>
    <message>
        <source>AWS refreshes “%1” by itself.</source>
        <translation>「%1」は AWS が自動的に更新します。</translation>
    </message>
    <message numerus="yes">
        <source>AWS refreshes %Ln check(s) by itself.</source>
        <translation>
            <numerusform>%Ln 件のチェックは AWS が自動的に更新します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) were refreshed a short while ago.</source>
        <translation>
            <numerusform>%Ln 件のチェックは少し前に更新されています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) could not be refreshed.</source>
        <translation>
            <numerusform>%Ln 件のチェックを更新できませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>Trusted Advisor check: %1 (%2)</source>
        <translation>Trusted Advisor チェック：%1（%2）</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>状態：%1</translation>
    </message>
    <message>
        <source>Resources:</source>
        <translation>リソース：</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>The refresh failed.</source>
        <translation>更新できませんでした。</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>表示(&amp;W)</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorBars</name>
    <message>
        <source>%1, %2 a month</source>
        <extracomment>What a screen reader says of a bar: the check, and what it could save</extracomment>
        <translation>%1、月 %2</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorCheckModel</name>
    <message>
        <source>Not offered any more</source>
        <extracomment>The service does not list a check any more</extracomment>
        <translation>提供終了</translation>
    </message>
    <message>
        <source>AWS refreshes this check by itself and can&apos;t be asked to.</source>
        <translation>このチェックは AWS が自動的に更新するため、更新を依頼できません。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>check and status</comment>
        <extracomment>What a screen reader says of a check: its name and status</extracomment>
        <translation>%1、%2</translation>
    </message>
    <message numerus="yes">
        <source>%n to act on</source>
        <extracomment>Checks of a category with the status &quot;Action recommended&quot;</extracomment>
        <translation>
            <numerusform>要対応 %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to investigate</source>
        <extracomment>Checks of a category with the status &quot;Investigate&quot;</extracomment>
        <translation>
            <numerusform>要調査 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>category and number</comment>
        <extracomment>A category of checks and how many of them are shown</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Checks</source>
        <extracomment>Column: a check of Trusted Advisor</extracomment>
        <translation>チェック</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Flagged</source>
        <extracomment>Column: resources that a check flagged, of all that it looked at</extracomment>
        <translation>問題あり</translation>
    </message>
    <message>
        <source>Savings/month</source>
        <extracomment>Column: what could be saved a month</extracomment>
        <translation>節約額/月</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <extracomment>Column: how long ago a check was refreshed</extracomment>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Refresh</source>
        <extracomment>Column: where the refresh of a check stands</extracomment>
        <translation>更新</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorDetail</name>
    <message>
        <source>Ask AWS to run this check again</source>
        <translation>このチェックの再実行を AWS に依頼します</translation>
    </message>
    <message>
        <source>Write a case to AWS about the selected resources</source>
        <translation>選択したリソースについて AWS へのケースを作成します</translation>
    </message>
    <message>
        <source>Filter resources</source>
        <translation>リソースを絞り込む</translation>
    </message>
    <message>
        <source>Filter resources…</source>
        <translation>リソースを絞り込む…</translation>
    </message>
    <message>
        <source>Status of the resources</source>
        <translation>リソースの状態</translation>
    </message>
    <message>
        <source>Shows what became of each resource since an earlier result</source>
        <translation>以前の結果から各リソースがどう変わったかを表示します</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比較対象</translation>
    </message>
    <message>
        <source>Shows or hides what this check looks at</source>
        <translation>このチェックの説明の表示を切り替えます</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>リソース</translation>
    </message>
    <message>
        <source>Description of the check</source>
        <translation>チェックの説明</translation>
    </message>
    <message>
        <source>No comparison</source>
        <extracomment>In a list of earlier results: compare with none of them</extracomment>
        <translation>比較しない</translation>
    </message>
    <message>
        <source>Since %1</source>
        <extracomment>An earlier result, by its time</extracomment>
        <translation>%1 から</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>すべての状態</translation>
    </message>
    <message>
        <source>%1 resources flagged</source>
        <comment>3 of 20</comment>
        <translation>リソース %1 に問題</translation>
    </message>
    <message>
        <source>%1 a month could be saved</source>
        <translation>月 %1 の節約が可能</translation>
    </message>
    <message>
        <source>refreshed %1</source>
        <translation>更新：%1</translation>
    </message>
    <message>
        <source>AWS refreshes this check by itself and can&apos;t be asked to.</source>
        <translation>このチェックは AWS が自動的に更新するため、更新を依頼できません。</translation>
    </message>
    <message>
        <source>AWS takes the next refresh of this check then.</source>
        <translation>それまで、このチェックの更新は受け付けられません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln %1</source>
        <comment>number and change</comment>
        <extracomment>A number and what became of so many resources: &quot;3 New&quot;</extracomment>
        <translation>
            <numerusform>%1 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>変化なし</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>No check selected</source>
        <translation>チェックが選択されていません</translation>
    </message>
    <message>
        <source>Select a check to see its resources.</source>
        <translation>チェックを選択すると、そのリソースが表示されます。</translation>
    </message>
    <message>
        <source>The resources could not be read</source>
        <translation>リソースを読み取れませんでした</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>一致なし</translation>
    </message>
    <message>
        <source>No resource matches the filter.</source>
        <translation>フィルターに一致するリソースはありません。</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>利用不可</translation>
    </message>
    <message>
        <source>AWS has no result of this check for the account. It may not apply here, or not have run yet.</source>
        <translation>このアカウントでは、このチェックの結果がありません。対象外か、まだ実行されていない可能性があります。</translation>
    </message>
    <message>
        <source>No resources</source>
        <translation>リソースなし</translation>
    </message>
    <message>
        <source>This check lists no resources.</source>
        <translation>このチェックにはリソースの一覧がありません。</translation>
    </message>
    <message>
        <source>Not loaded yet</source>
        <translation>まだ読み込まれていません</translation>
    </message>
    <message>
        <source>The resources of this check have not been loaded.</source>
        <translation>このチェックのリソースはまだ読み込まれていません。</translation>
    </message>
    <message>
        <source>Loading resources…</source>
        <translation>リソースを読み込んでいます…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s)</source>
        <translation>
            <numerusform>%Ln 件のリソース</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 resource(s)</source>
        <translation>
            <numerusform>%1 件中 %Ln 件のリソース</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Ope&amp;n Case…</source>
        <translation>ケースを作成(&amp;N)…</translation>
    </message>
    <message>
        <source>Only change&amp;s</source>
        <translation>変化のみ(&amp;S)</translation>
    </message>
    <message>
        <source>Hide s&amp;uppressed</source>
        <translation>除外したものを隠す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>説明(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Refreshed by AWS</source>
        <translation>AWS が自動更新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Refreshing…</source>
        <translation>更新中(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Refresh in %1</source>
        <extracomment>On a button: a refresh may be asked for in so many minutes and seconds</extracomment>
        <translation>%1 後に更新可能(&amp;R)</translation>
    </message>
    <message>
        <source>L&amp;oad Again</source>
        <translation>もう一度読み込む(&amp;O)</translation>
    </message>
    <message>
        <source>Clear the F&amp;ilter</source>
        <translation>フィルターをクリア(&amp;I)</translation>
    </message>
    <message>
        <source>L&amp;oad</source>
        <translation>読み込む(&amp;O)</translation>
    </message>
    <message>
        <source>number of flagged resources not known</source>
        <translation>該当するリソース数は不明</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>heading and value</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorExporter</name>
    <message>
        <source>Trusted Advisor %1</source>
        <extracomment>The name of a file with many checks; %1 is the day</extracomment>
        <translation>Trusted Advisor %1</translation>
    </message>
    <message>
        <source>CSV, a block per check (*.csv)</source>
        <translation>CSV、チェックごとに 1 ブロック (*.csv)</translation>
    </message>
    <message>
        <source>CSV, a row per field (*.csv)</source>
        <translation>CSV、項目ごとに 1 行 (*.csv)</translation>
    </message>
    <message>
        <source>CSV, a folder with a file per check (*)</source>
        <translation>CSV、チェックごとのファイルを入れたフォルダー (*)</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel ブック (*.xlsx)</translation>
    </message>
    <message>
        <source>JSON, for programs (*.json)</source>
        <translation>JSON（プログラム用） (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) exported: %1</source>
        <translation>
            <numerusform>%Ln 件のチェックをエクスポートしました：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) were too long for a cell and were cut.</source>
        <translation>
            <numerusform>%Ln 件のテキストはセルに収まらないため切り詰めました。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is written when the results are loaded.</source>
        <translation>「%1」は結果の読み込みが終わってからエクスポートします。</translation>
    </message>
    <message>
        <source>Trusted Advisor of “%1” could not be loaded.</source>
        <translation>「%1」の Trusted Advisor を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The oldest of what is here is of %1.</source>
        <extracomment>%1 is a day and a time</extracomment>
        <translation>手元にある最も古い結果は %1 のものです。</translation>
    </message>
    <message>
        <source>“%1” stays as it is when you cancel.</source>
        <translation>キャンセルすると「%1」は元のままです。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message numerus="yes">
        <source>The newest results of %Ln of %1 check(s) are not here.</source>
        <translation>
            <numerusform>%1 件中 %Ln 件のチェックの最新の結果が手元にありません。</numerusform>
        </translation>
    </message>
    <message>
        <source>The results may not be the newest.</source>
        <translation>結果は最新でない可能性があります。</translation>
    </message>
    <message>
        <source>&amp;Export What Is Here</source>
        <translation>手元にある結果をエクスポート(&amp;E)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 check(s) exported: %2</source>
        <translation>
            <numerusform>%1 件中 %Ln 件のチェックをエクスポートしました：%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>AWS does not offer %Ln of them any more.</source>
        <translation>
            <numerusform>うち %Ln 件は AWS が提供を終えています。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is from the archive, as of %1.</source>
        <extracomment>Of a file: AWS could not be reached; %1 is a day and a time</extracomment>
        <translation>アーカイブにある %1 時点の内容です。</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>Sho&amp;w in Folder</source>
        <translation>フォルダーを表示(&amp;W)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s)</source>
        <translation>
            <numerusform>%Ln 件のリソース</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s)</source>
        <translation>
            <numerusform>%Ln 件のアカウント</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln Check(s)</source>
        <translation>
            <numerusform>%Ln 件のチェックをエクスポート</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorLoadJob</name>
    <message>
        <source>Loading Trusted Advisor of %1</source>
        <translation>%1 の Trusted Advisor を読み込み中</translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) could not be fetched: %1</source>
        <translation>
            <numerusform>%n 件の結果を取得できませんでした：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AdvisorNotice</name>
    <message>
        <source>AWS answers these questions in the region us-east-1 of its partition only: check region and endpoint of the profile.</source>
        <translation>AWS はこの情報をパーティションの us-east-1 リージョンでのみ返します。プロファイルのリージョンとエンドポイントを確認してください。</translation>
    </message>
    <message>
        <source>Loading results: %1 of %2</source>
        <translation>結果を読み込んでいます：%1 / %2</translation>
    </message>
    <message>
        <source>Loading checks…</source>
        <translation>チェックを読み込んでいます…</translation>
    </message>
    <message>
        <source>Trusted Advisor of “%1” could not be loaded.</source>
        <translation>「%1」の Trusted Advisor を読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>Trusted Advisor of %Ln account(s) could not be loaded.</source>
        <translation>
            <numerusform>%Ln 件のアカウントの Trusted Advisor を読み込めませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>What is shown was loaded before.</source>
        <translation>以前に読み込んだ内容を表示しています。</translation>
    </message>
    <message>
        <source>Reading what is kept…</source>
        <translation>保存済みの内容を読み込んでいます…</translation>
    </message>
    <message>
        <source>Trusted Advisor could not be loaded</source>
        <translation>Trusted Advisor を読み込めませんでした</translation>
    </message>
    <message>
        <source>No checks</source>
        <translation>チェックなし</translation>
    </message>
    <message>
        <source>AWS lists no checks of Trusted Advisor for this account.</source>
        <translation>このアカウントには Trusted Advisor のチェックがありません。</translation>
    </message>
    <message>
        <source>Not loaded yet</source>
        <translation>まだ読み込まれていません</translation>
    </message>
    <message>
        <source>The checks of Trusted Advisor have not been loaded for this account.</source>
        <translation>このアカウントの Trusted Advisor のチェックはまだ読み込まれていません。</translation>
    </message>
    <message>
        <source>Try A&amp;gain</source>
        <translation>再試行(&amp;G)</translation>
    </message>
    <message>
        <source>Choose Another Acco&amp;unt</source>
        <translation>別のアカウントを選択(&amp;U)</translation>
    </message>
    <message>
        <source>L&amp;oad Again</source>
        <translation>もう一度読み込む(&amp;O)</translation>
    </message>
    <message>
        <source>L&amp;oad</source>
        <translation>読み込む(&amp;O)</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorOverview</name>
    <message>
        <source>Largest savings, %1 a month in all</source>
        <translation>節約額の大きいチェック、合計で月 %1</translation>
    </message>
    <message>
        <source>Largest savings</source>
        <translation>節約額の大きいチェック</translation>
    </message>
    <message>
        <source>Trusted Advisor overview</source>
        <translation>Trusted Advisor の概要</translation>
    </message>
    <message>
        <source>No check has found anything to save.</source>
        <translation>節約できるものは見つかっていません。</translation>
    </message>
    <message>
        <source>Flagged resources over time</source>
        <translation>問題のあるリソースの推移</translation>
    </message>
    <message>
        <source>The line begins when results have been loaded.</source>
        <translation>結果を読み込むと、推移が表示されます。</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorPage</name>
    <message>
        <source>Back to the overview of all categories</source>
        <translation>すべてのカテゴリーの概要に戻ります</translation>
    </message>
    <message>
        <source>Trusted Advisor</source>
        <extracomment>Title of the page; %1 is a category of checks</extracomment>
        <translation>Trusted Advisor</translation>
    </message>
    <message>
        <source>Ask AWS to run all checks again that can be</source>
        <translation>更新できるすべてのチェックの再実行を AWS に依頼します</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message>
        <source>Filter checks</source>
        <translation>チェックを絞り込む</translation>
    </message>
    <message>
        <source>Filter checks…</source>
        <translation>チェックを絞り込む…</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Ask AWS to run the selected checks again</source>
        <translation>選択したチェックの再実行を AWS に依頼します</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>チェック</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>すべてのカテゴリー</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>すべての状態</translation>
    </message>
    <message>
        <source>Anything to look at</source>
        <extracomment>Checks with the status &quot;Action recommended&quot; or &quot;Investigate&quot;</extracomment>
        <translation>要対応と要調査</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s)</source>
        <translation>
            <numerusform>%Ln 件のチェック</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 check(s)</source>
        <translation>
            <numerusform>%1 件中 %Ln 件のチェック</numerusform>
        </translation>
    </message>
    <message>
        <source>Trusted Advisor · %1</source>
        <translation>Trusted Advisor · %1</translation>
    </message>
    <message>
        <source>newest result %1</source>
        <translation>最新の結果：%1</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>一致なし</translation>
    </message>
    <message>
        <source>No check matches the filter.</source>
        <translation>フィルターに一致するチェックはありません。</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Overvie&amp;w</source>
        <translation>概要(&amp;W)</translation>
    </message>
    <message>
        <source>Refresh &amp;All Checks</source>
        <translation>すべてのチェックを更新(&amp;A)</translation>
    </message>
    <message>
        <source>Refresh Se&amp;lected</source>
        <translation>選択したものを更新(&amp;L)</translation>
    </message>
    <message>
        <source>Try A&amp;gain</source>
        <translation>再試行(&amp;G)</translation>
    </message>
    <message>
        <source>Show All Chec&amp;ks</source>
        <translation>すべてのチェックを表示(&amp;K)</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorRefreshJob</name>
    <message>
        <source>Refreshing Trusted Advisor of %1</source>
        <translation>%1 の Trusted Advisor を更新中</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorText</name>
    <message>
        <source>Automatic</source>
        <extracomment>AWS refreshes a check by itself</extracomment>
        <translation>自動</translation>
    </message>
    <message>
        <source>Queued</source>
        <extracomment>A check waits for its refresh</extracomment>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Running</source>
        <extracomment>A check is being refreshed</extracomment>
        <translation>実行中</translation>
    </message>
    <message>
        <source>in %1</source>
        <extracomment>A check may be refreshed again after a span of time</extracomment>
        <translation>%1 後</translation>
    </message>
    <message>
        <source>Failed</source>
        <extracomment>AWS gave up refreshing a check</extracomment>
        <translation>失敗</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>flagged</comment>
        <extracomment>Flagged resources of all that a check looked at: &quot;3 / 20&quot;</extracomment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>check</comment>
        <extracomment>A check is to be refreshed, as soon as AWS was asked to</extracomment>
        <translation>待機中</translation>
    </message>
    <message>
        <source>not known</source>
        <comment>number of resources</comment>
        <extracomment>Of a check: how many resources it flags</extracomment>
        <translation>不明</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorTile</name>
    <message numerus="yes">
        <source>%1, %Ln check(s)</source>
        <extracomment>What a screen reader says of the heading of a category&apos;s tile: name, number of checks</extracomment>
        <translation>
            <numerusform>%1、%Ln 件のチェック</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all checks of this category</source>
        <translation>このカテゴリーのすべてのチェックを表示します</translation>
    </message>
    <message numerus="yes">
        <source>%Ln %1</source>
        <comment>number and status</comment>
        <extracomment>A number of checks and their status: &quot;3 Action recommended&quot;</extracomment>
        <translation>
            <numerusform>%1 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>category and count</comment>
        <extracomment>What a screen reader says of a number in a category&apos;s tile: category, then &quot;3 Action recommended&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show these checks</source>
        <translation>これらのチェックを表示します</translation>
    </message>
    <message>
        <source>%1 a month could be saved</source>
        <translation>月 %1 の節約が可能</translation>
    </message>
    <message>
        <source>Refreshed %1</source>
        <translation>更新：%1</translation>
    </message>
    <message>
        <source>Never refreshed</source>
        <translation>更新履歴なし</translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s) flagged</source>
        <translation>
            <numerusform>問題のあるリソース %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>AWS does not say when it was refreshed</source>
        <translation>AWS は更新日時を示していません</translation>
    </message>
</context>
<context>
    <name>casement::AdvisorTrend</name>
    <message>
        <source>Flagged resources by day</source>
        <translation>問題のあるリソースの日別件数</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>chart and what it shows</comment>
        <translation>%1。%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln resource(s) flagged, %2 checks to act on, %3 to investigate</source>
        <extracomment>A day of the trend: date, flagged resources, checks to act on and to investigate</extracomment>
        <translation>
            <numerusform>%1：問題のあるリソース %Ln 件、要対応のチェック %2 件、要調査 %3 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resource(s) flagged on %1</source>
        <extracomment>The trend of Trusted Advisor while there is one day of it; %1 is its date</extracomment>
        <translation>
            <numerusform>%1 時点で %Ln 件のリソースに指摘があります</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::AnswerNotifier</name>
    <message>
        <source>%1 · case %2</source>
        <extracomment>Notification, second line: %1 is an account, %2 the number of a case</extracomment>
        <translation>%1 · ケース %2</translation>
    </message>
    <message>
        <source>AWS answered: %1</source>
        <extracomment>Title of a notification; %1 is the subject of a case</extracomment>
        <translation>AWS からの回答：%1</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>ケースを開く</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) have answers from AWS</source>
        <translation>
            <numerusform>%n 件のケースに AWS から回答がありました</numerusform>
        </translation>
    </message>
    <message>
        <source>Show cases</source>
        <translation>ケースを表示</translation>
    </message>
</context>
<context>
    <name>casement::Application</name>
    <message>
        <source>It was damaged, so it was put aside as %1. Cases are fetched again; drafts, notes and marks that were only in it are in that file.</source>
        <translation>破損していたため、%1 として退避しました。ケースはもう一度取得されます。アーカイブにしかなかった下書き、メモ、印は退避したファイルに残っています。</translation>
    </message>
    <message>
        <source>Another program is using the archive %1. Casement goes on as soon as it is free.</source>
        <translation>別のプログラムがアーカイブ %1 を使用しています。空きしだい、Casement は続きを行います。</translation>
    </message>
    <message>
        <source>the picture could not be saved to %1: %2.</source>
        <extracomment>%1 is a file, %2 the reason: &quot;no permission&quot;</extracomment>
        <translation>画像を %1 に保存できませんでした：%2。</translation>
    </message>
    <message>
        <source>the case list could not be filled.</source>
        <translation>ケースの一覧を表示できませんでした。</translation>
    </message>
    <message>
        <source>the case list was not filled within a minute.</source>
        <translation>1 分以内にケースの一覧を表示できませんでした。</translation>
    </message>
    <message>
        <source>its name must end with .png or .jpg</source>
        <translation>ファイル名の末尾を .png か .jpg にしてください</translation>
    </message>
</context>
<context>
    <name>casement::Archive</name>
    <message>
        <source>The archive %1 is damaged. Set it aside: cases are then fetched anew, but not drafts, notes, tags and what AWS no longer keeps.</source>
        <translation>アーカイブ %1 が壊れています。退避すると、ケースを取得し直します。ただし、下書き、メモ、タグ、AWS に残っていないものは元に戻りません。</translation>
    </message>
    <message>
        <source>The file %1 is not an archive of Casement. Choose another file, or set this one aside.</source>
        <translation>ファイル %1 は Casement のアーカイブではありません。別のファイルを選ぶか、このファイルを退避してください。</translation>
    </message>
    <message>
        <source>The archive %1 was made by a newer version of Casement. Install that version, or choose another archive.</source>
        <translation>アーカイブ %1 は新しいバージョンの Casement で作成されています。そのバージョンをインストールするか、別のアーカイブを選んでください。</translation>
    </message>
    <message>
        <source>Another program has been using the archive %1 for too long. Close it and try again.</source>
        <translation>別のプログラムがアーカイブ %1 を長時間使用しています。そのプログラムを終了してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The disk reports an error with the archive %1. Check the disk and the connection to it, then try again; the next update fetches what is missing.</source>
        <translation>アーカイブ %1 でディスクのエラーが報告されました。ディスクと接続を確認してから、もう一度お試しください。足りない分は次の更新で取得します。</translation>
    </message>
    <message>
        <source>Something of this account is being sent, and its outcome is not known yet. Wait until it is, or for an hour, then delete the data.</source>
        <translation>このアカウントから送信中のものがあり、結果がまだわかりません。結果がわかるまで、または 1 時間待ってから、データを削除してください。</translation>
    </message>
    <message>
        <source>The data is deleted. Another program has the archive open: close it, so that the last of it leaves the disk, too.</source>
        <translation>データは削除されました。別のプログラムがアーカイブを開いています。残りもディスクから消えるように、そのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>The archive is in %1 already.</source>
        <translation>アーカイブはすでに %1 にあります。</translation>
    </message>
    <message>
        <source>%1 is a part of the archive. Choose another folder.</source>
        <translation>%1 はアーカイブの一部です。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>%1 has a folder “%2” already. Choose an empty folder.</source>
        <translation>%1 にはすでにフォルダー「%2」があります。空のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is an archive in %1 already. Choose another folder.</source>
        <translation>%1 にはすでにアーカイブがあります。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Another program has the archive %1 open. Close it (casement-cli, or another window) and move the archive then.</source>
        <translation>別のプログラムがアーカイブ %1 を開いています。それ（casement-cli または別のウィンドウ）を終了してから移動してください。</translation>
    </message>
    <message>
        <source>This result is not in the archive any more. Load the check again.</source>
        <translation>この結果はアーカイブにもうありません。チェックをもう一度読み込んでください。</translation>
    </message>
    <message>
        <source>The archive %1 did not do what it was asked for; nothing was changed in it. Start Casement again. If it stays, please report it with these words: %2</source>
        <translation>アーカイブ %1 が要求どおりに動作しませんでした。アーカイブの内容は変更されていません。Casement を起動し直してください。解消しない場合は、次の文言を添えて報告してください：%2</translation>
    </message>
    <message>
        <source>The message that the file was for is not there any more. Write it again, and attach the file to that one.</source>
        <translation>このファイルを添付するメッセージはもうありません。メッセージを書き直し、そちらに添付してください。</translation>
    </message>
    <message>
        <source>The copy of the archive is not right (%1). Try again, or choose another folder.</source>
        <translation>アーカイブのコピーが正しくありません（%1）。もう一度試すか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is not enough room for the archive in %1. Make room, or choose another folder.</source>
        <translation>%1 にはアーカイブのための空き容量が足りません。空きを作るか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>What is kept of this message can&apos;t be sent by this version of Casement. Copy its text into a new message.</source>
        <translation>保存されているこのメッセージは、このバージョンの Casement では送信できません。本文を新しいメッセージにコピーしてください。</translation>
    </message>
    <message>
        <source>The files of the message could not be read from the archive, so nothing was sent. Start Casement again, then send it.</source>
        <translation>メッセージのファイルをアーカイブから読み取れなかったため、何も送信していません。Casement を起動し直してから送信してください。</translation>
    </message>
    <message>
        <source>The case %1 is not in the archive any more. Refresh the list, then export again.</source>
        <translation>ケース %1 はアーカイブにもうありません。一覧を更新してから、もう一度エクスポートしてください。</translation>
    </message>
    <message>
        <source>The archive is not open. Start Casement again.</source>
        <translation>アーカイブが開かれていません。Casement を起動し直してください。</translation>
    </message>
    <message>
        <source>The archive %1 can&apos;t be written. Check the permissions of the file and its folder.</source>
        <translation>アーカイブ %1 に書き込めません。ファイルとフォルダーの権限を確認してください。</translation>
    </message>
    <message>
        <source>The folder %1 can&apos;t be made: %2. Choose another one.</source>
        <translation>フォルダー %1 を作成できません：%2。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be copied to %2: %3. Mend that, or choose another folder.</source>
        <translation>%1 を %2 にコピーできません：%3。これを解消するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The disk is full, and the archive %1 takes nothing more. Make room there.</source>
        <translation>ディスクに空きがないため、アーカイブ %1 に書き込めません。空きを作ってください。</translation>
    </message>
    <message>
        <source>The data of its account was deleted. Choose another account for the text, or copy it.</source>
        <translation>このアカウントのデータは削除されました。ほかのアカウントを選ぶか、文をコピーしてください。</translation>
    </message>
</context>
<context>
    <name>casement::ArchivePage</name>
    <message>
        <source>Where it is</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>The archive holds every case and message that was ever seen here, your notes, stars and drafts, and downloaded files.</source>
        <translation>アーカイブには、これまでに表示したすべてのケースとメッセージ、メモ、スター、下書き、ダウンロードしたファイルが保存されています。</translation>
    </message>
    <message>
        <source>The archive’s file</source>
        <translation>アーカイブのファイル</translation>
    </message>
    <message>
        <source>Open &amp;Folder</source>
        <translation>フォルダーを開く(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Move…</source>
        <translation>移動(&amp;M)…</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保存する内容</translation>
    </message>
    <message>
        <source>&amp;Resolved cases</source>
        <translation>解決済みケース(&amp;R)</translation>
    </message>
    <message>
        <source>What is kept of resolved cases</source>
        <translation>解決済みケースの保存内容</translation>
    </message>
    <message>
        <source>&amp;Unchanged for</source>
        <translation>変更のない期間(&amp;U)</translation>
    </message>
    <message>
        <source>Months since a resolved case last changed</source>
        <translation>解決済みケースが最後に変更されてからの月数</translation>
    </message>
    <message>
        <source>&amp;Downloaded files take at most</source>
        <translation>ダウンロードしたファイルの上限(&amp;D)</translation>
    </message>
    <message>
        <source>Largest room for downloaded files</source>
        <translation>ダウンロードしたファイルの最大容量</translation>
    </message>
    <message>
        <source>Clean Up &amp;Now</source>
        <translation>今すぐ整理(&amp;N)</translation>
    </message>
    <message>
        <source>Move the Archive to This Folder</source>
        <translation>アーカイブの移動先フォルダー</translation>
    </message>
    <message>
        <source>Cleaning up…</source>
        <translation>整理しています…</translation>
    </message>
    <message>
        <source>Archive</source>
        <extracomment>A page of the settings</extracomment>
        <translation>アーカイブ</translation>
    </message>
    <message>
        <source>Keep all, for ever</source>
        <translation>すべて無期限に保存</translation>
    </message>
    <message>
        <source>Keep them, but not the downloaded files of old ones</source>
        <translation>保存するが、古いケースのダウンロードしたファイルは削除</translation>
    </message>
    <message>
        <source>Remove old ones from the archive</source>
        <translation>古いケースをアーカイブから削除</translation>
    </message>
    <message>
        <source> months</source>
        <extracomment>Behind a number of months</extracomment>
        <translation> か月</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>AWS itself keeps cases for 24 months only. What is here stays.</source>
        <translation>AWS がケースを保存するのは 24 か月間だけです。ここにあるものは残ります。</translation>
    </message>
    <message>
        <source>Once a day, and now by the button, copies of their files are removed. They can be downloaded again while AWS has them.</source>
        <translation>1 日 1 回、またはボタンを押したときに、ファイルの控えを削除します。AWS に残っている間は再びダウンロードできます。</translation>
    </message>
    <message>
        <source>Once a day, and now by the button, they are removed with their messages and files; after 24 months AWS has no copy, either. Cases with a star, a tag, a note or a draft stay.</source>
        <translation>1 日 1 回、またはボタンを押したときに、メッセージとファイルごと削除します。24 か月を過ぎると AWS にも残っていません。スター、タグ、メモ、下書きのあるケースは残ります。</translation>
    </message>
    <message>
        <source>In memory only, gone when Casement ends</source>
        <translation>メモリー上のみ（Casement を終了すると消えます）</translation>
    </message>
    <message>
        <source>Cases and messages: %1. Downloaded files: %2.</source>
        <translation>ケースとメッセージ：%1。ダウンロードしたファイル：%2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln downloaded file(s) (%1)</source>
        <translation>
            <numerusform>ダウンロードしたファイル %Ln 件（%1）</numerusform>
        </translation>
    </message>
    <message>
        <source>There was nothing to remove.</source>
        <translation>削除するものはありませんでした。</translation>
    </message>
    <message>
        <source>Removed from the archive: %1.</source>
        <extracomment>%1: so many downloaded files
----------
%1: so many cases, %2: so many downloaded files</extracomment>
        <translation>アーカイブから削除しました：%1。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>ケース %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed from the archive: %1, %2.</source>
        <translation>アーカイブから削除しました：%1、%2。</translation>
    </message>
</context>
<context>
    <name>casement::AttachmentActions</name>
    <message>
        <source>Attachment without a name</source>
        <translation>名前のない添付ファイル</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) of this case</source>
        <translation>
            <numerusform>このケースの添付ファイル %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>This case has no attachments.</source>
        <translation>このケースに添付ファイルはありません。</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>プレビュー(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Save As…</source>
        <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Save A&amp;ll of This Message…</source>
        <translation>このメッセージの全ファイルを保存(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Copy Name</source>
        <translation>名前をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel &amp;Download</source>
        <translation>ダウンロードをキャンセル(&amp;D)</translation>
    </message>
    <message>
        <source>“%1” could not be opened.</source>
        <translation>「%1」を開けませんでした。</translation>
    </message>
    <message>
        <source>This computer has no program that opens “%1”.</source>
        <translation>このコンピューターには「%1」を開くプログラムがありません。</translation>
    </message>
    <message>
        <source>Open Attachment</source>
        <translation>添付ファイルを開く</translation>
    </message>
    <message>
        <source>“%1” is not opened from here.</source>
        <translation>「%1」はここからは開けません。</translation>
    </message>
    <message>
        <source>A file of this kind can run a program or a script when it is opened. If you expect it and trust who sent it, save it and look at it with a program that you choose.</source>
        <translation>この種類のファイルは、開くとプログラムやスクリプトが実行されることがあります。心当たりがあり送信者を信頼できる場合は、保存してから適切なプログラムで確認してください。</translation>
    </message>
    <message>
        <source>Save Attachment</source>
        <translation>添付ファイルを保存</translation>
    </message>
    <message>
        <source>“%1” could not be saved.</source>
        <translation>「%1」を保存できませんでした。</translation>
    </message>
    <message>
        <source>“%1” saved in %2.</source>
        <translation>「%1」を %2 に保存しました。</translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln Attachment(s) Into</source>
        <translation>
            <numerusform>%Ln 件の添付ファイルの保存先</numerusform>
        </translation>
    </message>
    <message>
        <source>Save Here</source>
        <translation>ここに保存</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) saved in %1.</source>
        <translation>
            <numerusform>%Ln 件のファイルを %1 に保存しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>フォルダーを表示</translation>
    </message>
    <message>
        <source>“%1” could not be downloaded.</source>
        <translation>「%1」をダウンロードできませんでした。</translation>
    </message>
    <message>
        <source>“%1” is being downloaded. Drag it out again when it is here.</source>
        <translation>「%1」をダウンロードしています。完了したらもう一度ドラッグしてください。</translation>
    </message>
    <message>
        <source>Sho&amp;w in Folder</source>
        <translation>フォルダーを表示(&amp;W)</translation>
    </message>
    <message>
        <source>Cop&amp;y Details</source>
        <translation>詳細をコピー(&amp;Y)</translation>
    </message>
    <message>
        <source>Try A&amp;gain</source>
        <translation>再試行(&amp;G)</translation>
    </message>
    <message>
        <source>Copy &amp;File</source>
        <translation>ファイルをコピー(&amp;F)</translation>
    </message>
    <message>
        <source>“%1” could not be copied.</source>
        <translation>「%1」をコピーできませんでした。</translation>
    </message>
    <message>
        <source>“%1” is in the clipboard: paste it into a folder or a message.</source>
        <translation>「%1」をクリップボードにコピーしました。フォルダーやメッセージに貼り付けられます。</translation>
    </message>
</context>
<context>
    <name>casement::AttachmentChip</name>
    <message>
        <source>%1: %2</source>
        <comment>button, file</comment>
        <extracomment>What a screen reader says of a button on a file: what it does, and to which file</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Go on uploading</source>
        <translation>アップロードを再開</translation>
    </message>
    <message>
        <source>Pause the upload</source>
        <translation>アップロードを一時停止</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Remove this file (Del)</source>
        <translation>このファイルを外す (Del)</translation>
    </message>
    <message>
        <source>&amp;Use the File as It Is Now</source>
        <translation>現在の内容のファイルを使う(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Go On Uploading</source>
        <translation>アップロードを再開(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Pause the Upload</source>
        <translation>アップロードを一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Try &amp;Again</source>
        <translation>再試行(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>取り除く(&amp;R)</translation>
    </message>
</context>
<context>
    <name>casement::AttachmentPreview</name>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Find in the preview</source>
        <translation>プレビュー内を検索</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Find the previous place</source>
        <translation>前を検索</translation>
    </message>
    <message>
        <source>Find the next place</source>
        <translation>次を検索</translation>
    </message>
    <message>
        <source>&amp;Wrap Lines</source>
        <translation>行を折り返す(&amp;W)</translation>
    </message>
    <message>
        <source>Actual Si&amp;ze</source>
        <translation>実際のサイズ(&amp;Z)</translation>
    </message>
    <message>
        <source>Text of the attachment</source>
        <translation>添付ファイルのテキスト</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Rows of the attachment</source>
        <translation>添付ファイルの行</translation>
    </message>
    <message>
        <source>Progress of the download</source>
        <translation>ダウンロードの進行状況</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Save As…</source>
        <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>Getting the attachment…</source>
        <translation>添付ファイルを取得しています…</translation>
    </message>
    <message>
        <source>This file can&apos;t be read</source>
        <translation>このファイルは読み込めません</translation>
    </message>
    <message>
        <source>This picture is too large to be shown here</source>
        <translation>この画像は大きすぎるため、ここには表示できません</translation>
    </message>
    <message>
        <source>There is no preview of files like this</source>
        <translation>この種類のファイルはプレビューできません</translation>
    </message>
    <message>
        <source>It is damaged, or it is no picture although its name says so. You can save it.</source>
        <translation>ファイルが壊れているか、名前に反して画像ではありません。保存することはできます。</translation>
    </message>
    <message>
        <source>You can open it with another program, or save it.</source>
        <translation>別のプログラムで開くか、保存できます。</translation>
    </message>
    <message>
        <source>The attachment could not be downloaded</source>
        <translation>添付ファイルをダウンロードできませんでした</translation>
    </message>
    <message>
        <source>The download was cancelled.</source>
        <translation>ダウンロードはキャンセルされました。</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <extracomment>Width and height of a picture</extracomment>
        <translation>%1 × %2 ピクセル</translation>
    </message>
    <message>
        <source>Only the beginning is shown.</source>
        <translation>先頭の部分だけを表示しています。</translation>
    </message>
    <message>
        <source>Only the first rows are shown.</source>
        <translation>最初の行だけを表示しています。</translation>
    </message>
    <message>
        <source>Very long lines are parted.</source>
        <translation>非常に長い行は分割して表示しています。</translation>
    </message>
    <message>
        <source>Files of this kind can run code and are not opened from here.</source>
        <translation>この種類のファイルはコードを実行できるため、ここからは開けません。</translation>
    </message>
    <message>
        <source>Not found.</source>
        <translation>見つかりません。</translation>
    </message>
    <message>
        <source>Clear the Field</source>
        <translation>入力をクリア</translation>
    </message>
</context>
<context>
    <name>casement::AttachmentStrip</name>
    <message>
        <source>Attached files</source>
        <translation>添付ファイル</translation>
    </message>
</context>
<context>
    <name>casement::AttachmentsDialog</name>
    <message>
        <source>Attachments of This Case</source>
        <translation>このケースの添付ファイル</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>プレビュー(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Save As…</source>
        <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Save A&amp;ll…</source>
        <translation>すべて保存(&amp;L)…</translation>
    </message>
    <message>
        <source>Show &amp;Message</source>
        <translation>メッセージを表示(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>AWS Support</source>
        <translation>AWS Support</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保存済み</translation>
    </message>
    <message>
        <source>Save Se&amp;lected…</source>
        <translation>選択したものを保存(&amp;L)…</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>（件名なし）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>From</source>
        <translation>送信者</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>Offline</source>
        <comment>heading of a column: kept on this computer</comment>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>Not known</source>
        <comment>size of a file</comment>
        <translation>不明</translation>
    </message>
    <message>
        <source>Not kept</source>
        <extracomment>Of a file, in the place of &quot;Kept&quot;</extracomment>
        <translation>保存していません</translation>
    </message>
</context>
<context>
    <name>casement::BundleJob</name>
    <message numerus="yes">
        <source>Exporting %n case(s) with attachments</source>
        <translation>
            <numerusform>%n 件のケースを添付ファイルと一緒にエクスポートしています</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseActions</name>
    <message>
        <source>Resolve Case</source>
        <translation>ケースを解決</translation>
    </message>
    <message>
        <source>Resolve case %1 of %2?</source>
        <translation>%2 のケース %1 を解決しますか？</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>AWS answered in the case that is open.</source>
        <translation>開いているケースに AWS から回答がありました。</translation>
    </message>
    <message>
        <source>Show</source>
        <comment>an answer</comment>
        <translation>表示</translation>
    </message>
    <message>
        <source>&amp;Resolve</source>
        <translation>解決(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open Case</source>
        <translation>ケースを開く(&amp;O)</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>subject of a case</comment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>AWS stops working on it.</source>
        <translation>AWS は対応を終了します。</translation>
    </message>
    <message>
        <source>case %1</source>
        <extracomment>Instead of the subject, after a colon; %1 is the number of the case</extracomment>
        <translation>ケース %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>case and sentence</comment>
        <extracomment>%1 is the name of a case, %2 what became of what was sent</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The case was opened.</source>
        <translation>ケースを作成しました。</translation>
    </message>
    <message>
        <source>Case opened: %1</source>
        <translation>ケースを作成しました：%1</translation>
    </message>
    <message>
        <source>The reply was sent.</source>
        <translation>返信を送信しました。</translation>
    </message>
    <message>
        <source>Reply sent: %1</source>
        <translation>返信を送信しました：%1</translation>
    </message>
    <message>
        <source>The case was resolved.</source>
        <translation>ケースを解決しました。</translation>
    </message>
    <message>
        <source>Case resolved: %1</source>
        <translation>ケースを解決しました：%1</translation>
    </message>
    <message>
        <source>%1 (%2 → %3)</source>
        <comment>what happened, status before and after</comment>
        <translation>%1（%2 → %3）</translation>
    </message>
</context>
<context>
    <name>casement::CaseDocument</name>
    <message>
        <source>Page %1 of %2</source>
        <extracomment>At the foot of each page of a printed case</extracomment>
        <translation>%1 / %2 ページ</translation>
    </message>
</context>
<context>
    <name>casement::CaseExport</name>
    <message>
        <source>Case</source>
        <translation>ケース</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>重要度</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>作成日時</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>CC</source>
        <translation>CC</translation>
    </message>
    <message>
        <source>Support Center</source>
        <translation>サポートセンター</translation>
    </message>
    <message>
        <source>Support cases</source>
        <translation>サポートケース</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>The archive has no messages of this case.</source>
        <translation>このケースのメッセージはアーカイブにありません。</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>送信者不明</translation>
    </message>
    <message>
        <source>en</source>
        <extracomment>The code of the language that you translate to, such as ja</extracomment>
        <translation>ja</translation>
    </message>
    <message numerus="yes">
        <source>AWS&apos;s standard footer was left out of %n message(s).</source>
        <translation>
            <numerusform>%n 件のメッセージから、AWS の定型の末尾を省きました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseExporter</name>
    <message>
        <source>Support cases %1</source>
        <extracomment>The name of a file with many cases; %1 is the day</extracomment>
        <translation>サポートケース %1</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>ケース</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文書 (*.pdf)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>ウェブページ (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON, for programs (*.json)</source>
        <translation>JSON（プログラム用） (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln Case(s)</source>
        <translation>
            <numerusform>%Ln 件のケースをエクスポート</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) exported: %1</source>
        <translation>
            <numerusform>%Ln 件のケースをエクスポートしました：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Print %Ln Case(s)</source>
        <translation>
            <numerusform>%Ln 件のケースを印刷</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) sent to the printer.</source>
        <translation>
            <numerusform>%Ln 件のケースをプリンターに送りました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything with attachments (*.zip)</source>
        <translation>添付ファイルを含むすべて (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) could not be had; MISSING.txt in it names them.</source>
        <translation>
            <numerusform>%Ln 個の添付ファイルは取得できませんでした。ZIP 内の MISSING.txt に一覧があります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln case(s) can be copied at once. Export them into a file instead.</source>
        <translation>
            <numerusform>一度にコピーできるケースは %Ln 件までです。ファイルにエクスポートしてください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) copied.</source>
        <translation>
            <numerusform>%Ln 件のケースをコピーしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>Sho&amp;w in Folder</source>
        <translation>フォルダーを表示(&amp;W)</translation>
    </message>
</context>
<context>
    <name>casement::CaseLanguageField</name>
    <message>
        <source>When AWS can be reached is not known: this account may not ask for it (support:DescribeCreateCaseOptions).</source>
        <translation>AWS に連絡できる時間帯は不明です。このアカウントには問い合わせる権限がありません（support:DescribeCreateCaseOptions）。</translation>
    </message>
    <message>
        <source>When AWS can be reached could not be asked: %1</source>
        <translation>AWS に連絡できる時間帯を問い合わせられませんでした：%1</translation>
    </message>
</context>
<context>
    <name>casement::CaseListModel</name>
    <message>
        <source>Severity</source>
        <translation>重要度</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Case ID</source>
        <translation>ケース ID</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>作成日時</translation>
    </message>
    <message>
        <source>Updated</source>
        <extracomment>Column: when the newest message of a case was written</extracomment>
        <translation>更新</translation>
    </message>
    <message>
        <source>Turn</source>
        <extracomment>Column: whose turn it is to answer, and since when</extracomment>
        <translation>対応待ち</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Language</source>
        <extracomment>Column: the language in which a case is written</extracomment>
        <translation>言語</translation>
    </message>
    <message>
        <source>Unread: %1</source>
        <extracomment>What a screen reader says of a case with a new message; %1 is its subject</extracomment>
        <translation>未読：%1</translation>
    </message>
    <message>
        <source>Star</source>
        <extracomment>Column: the cases that the person gave a star</extracomment>
        <translation>スター</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Deadline</source>
        <extracomment>Column: what happens to a case by itself, and when: AWS should answer, AWS closes it, it can&apos;t be reopened</extracomment>
        <translation>期限</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>スター付き</translation>
    </message>
    <message>
        <source>Not starred</source>
        <translation>スターなし</translation>
    </message>
    <message>
        <source>Your note: %1</source>
        <extracomment>What a screen reader says besides a case&apos;s subject; %1 is what the person noted</extracomment>
        <translation>メモ：%1</translation>
    </message>
</context>
<context>
    <name>casement::CaseListPage</name>
    <message>
        <source>Cases</source>
        <translation>ケース</translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>%Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 case(s)</source>
        <translation>
            <numerusform>%1 件中 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline · last updated %1</source>
        <translation>オフライン · 最終更新 %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>Loading cases…</source>
        <translation>ケースを読み込んでいます…</translation>
    </message>
    <message>
        <source>AWS can&apos;t be reached, and nothing is stored here yet.</source>
        <translation>AWS に接続できず、このコンピューターにもまだ何も保存されていません。</translation>
    </message>
    <message>
        <source>The cases could not be loaded</source>
        <translation>ケースを読み込めませんでした</translation>
    </message>
    <message>
        <source>Refreshing was stopped.</source>
        <translation>更新を中止しました。</translation>
    </message>
    <message>
        <source>No cases yet</source>
        <translation>ケースはまだありません</translation>
    </message>
    <message>
        <source>There is no support case in this account.</source>
        <translation>このアカウントにはサポートケースがありません。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>一致なし</translation>
    </message>
    <message>
        <source>No case here matches what you typed. Press Enter in the search field to search all messages.</source>
        <translation>入力した語に一致するケースはここにありません。検索欄で Enter を押すと、すべてのメッセージを検索します。</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>お待たせしている件はありません</translation>
    </message>
    <message>
        <source>No case needs a reply.</source>
        <translation>返信が必要なケースはありません。</translation>
    </message>
    <message>
        <source>All read</source>
        <translation>すべて既読です</translation>
    </message>
    <message>
        <source>There is no message that you have not seen.</source>
        <translation>まだ読んでいないメッセージはありません。</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>No case stands in this view.</source>
        <translation>この表示に当てはまるケースはありません。</translation>
    </message>
    <message>
        <source>Reset Columns</source>
        <translation>列を初期状態に戻す</translation>
    </message>
    <message>
        <source>Sort By</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>No case in this view has the tag “%1”.</source>
        <translation>このビューにタグ「%1」のケースはありません。</translation>
    </message>
    <message>
        <source>No starred case</source>
        <translation>スター付きのケースはありません</translation>
    </message>
    <message>
        <source>Give a case a star with the S key or a click.</source>
        <translation>S キーまたはクリックで、ケースにスターを付けられます。</translation>
    </message>
    <message>
        <source>Nothing is stored here yet.</source>
        <translation>まだ何も保存されていません。</translation>
    </message>
    <message>
        <source>Try A&amp;gain</source>
        <translation>再試行(&amp;G)</translation>
    </message>
    <message>
        <source>Choose Acco&amp;unt…</source>
        <translation>アカウントを選択(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Clea&amp;r Filter</source>
        <translation>フィルターをクリア(&amp;R)</translation>
    </message>
    <message>
        <source>Sho&amp;w All Cases</source>
        <translation>すべてのケースを表示(&amp;W)</translation>
    </message>
    <message numerus="yes">
        <source>There is no support case in the accounts that were refreshed; %Ln account(s) could not be refreshed.</source>
        <translation>
            <numerusform>更新できたアカウントにサポートケースはありません。%Ln 件のアカウントを更新できませんでした。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CaseMarkActions</name>
    <message>
        <source>Remove Sta&amp;r</source>
        <translation>スターを外す(&amp;R)</translation>
    </message>
    <message>
        <source>Sta&amp;r</source>
        <translation>スターを付ける(&amp;R)</translation>
    </message>
    <message>
        <source>Un&amp;mute</source>
        <translation>通知をオンにする(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>通知をオフにする(&amp;M)</translation>
    </message>
    <message>
        <source>T&amp;ags…</source>
        <translation>タグ(&amp;A)…</translation>
    </message>
    <message>
        <source>E&amp;dit Note</source>
        <translation>メモを編集(&amp;D)</translation>
    </message>
    <message>
        <source>No notification tells of new messages of a muted case.</source>
        <translation>通知をオフにしたケースの新着メッセージは通知されません。</translation>
    </message>
    <message>
        <source>Star, or remove it</source>
        <translation>スターを付ける／外す</translation>
    </message>
    <message>
        <source>Mute, or unmute</source>
        <translation>通知をオフ／オンにする</translation>
    </message>
</context>
<context>
    <name>casement::CaseNote</name>
    <message>
        <source>Tags: %1</source>
        <translation>タグ：%1</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>通知オフ</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>スターを外します</translation>
    </message>
    <message>
        <source>Give the case a star</source>
        <translation>ケースにスターを付けます</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>スター付き</translation>
    </message>
    <message>
        <source>Not starred</source>
        <translation>スターなし</translation>
    </message>
    <message>
        <source>Your note to this case</source>
        <translation>このケースのメモ</translation>
    </message>
    <message>
        <source>Your note to this case; AWS does not see it</source>
        <translation>このケースのメモ（AWS には送信されません）</translation>
    </message>
    <message>
        <source>Write a note to this case</source>
        <translation>このケースのメモを書く</translation>
    </message>
    <message>
        <source>A note holds %L1 characters: what was more is not in it.</source>
        <translation>メモは %L1 文字までです。超えた分は入っていません。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>casement::CaseProblems</name>
    <message>
        <source>“%1” is no type of case; choose one.</source>
        <translation>「%1」というケースの種類はありません。選択してください。</translation>
    </message>
    <message>
        <source>“%1” is none of AWS&apos;s services; choose one.</source>
        <translation>「%1」は AWS のサービスにありません。選択してください。</translation>
    </message>
    <message>
        <source>“%1” is none of this service&apos;s categories; choose one.</source>
        <translation>「%1」はこのサービスのカテゴリーにありません。選択してください。</translation>
    </message>
    <message>
        <source>“%1” is none of the severities this account may use; choose one.</source>
        <translation>「%1」はこのアカウントで使える重要度にありません。選択してください。</translation>
    </message>
    <message>
        <source>“%1” is none of the languages AWS answers in here; choose one.</source>
        <translation>「%1」はここで AWS が対応する言語にありません。選択してください。</translation>
    </message>
    <message>
        <source>This service has no categories, so “%1” is left out.</source>
        <translation>このサービスにはカテゴリーがないため、「%1」は送られません。</translation>
    </message>
    <message>
        <source>AWS takes cases about %1 only as “%2”; choose that type.</source>
        <extracomment>%1 is a service, %2 a type of case</extracomment>
        <translation>%1 のケースを AWS が受け付けるのは、種類が「%2」のときだけです。その種類を選んでください。</translation>
    </message>
</context>
<context>
    <name>casement::CaseTable</name>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>ケース %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · not refreshed</source>
        <extracomment>Heading of an account in the case list; %1: &quot;3 cases&quot;</extracomment>
        <translation>%1 · 未更新</translation>
    </message>
</context>
<context>
    <name>casement::CaseTemplate</name>
    <message>
        <source>The value of “%1” in line %2 must be a text: write it in quotes.</source>
        <translation>%2 行目の「%1」の値は文字列でなければなりません。引用符で囲んでください。</translation>
    </message>
    <message>
        <source>The value of “%1” in line %2 must be a list of texts: write each in quotes, and the list in brackets.</source>
        <translation>%2 行目の「%1」の値は文字列のリストでなければなりません。それぞれを引用符で、リスト全体を角かっこで囲んでください。</translation>
    </message>
    <message>
        <source>The value of “%1” in line %2 must be true or false, without quotes.</source>
        <translation>%2 行目の「%1」の値は、引用符なしの true または false でなければなりません。</translation>
    </message>
    <message>
        <source>This is no template: it must hold names such as “subject” with their values. “aws support create-case --generate-cli-skeleton” prints the form.</source>
        <translation>テンプレートではありません。「subject」などの名前と値が必要です。形式は「aws support create-case --generate-cli-skeleton」で確認できます。</translation>
    </message>
    <message>
        <source>The template has more than %1 names, so it is not one of a case: choose another file.</source>
        <translation>テンプレートの項目が %1 個を超えているため、ケースのテンプレートではありません。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>Line %1 of the template is nested too deeply: a template holds texts and lists of texts alone.</source>
        <translation>テンプレートの %1 行目は入れ子が深すぎます。テンプレートに書けるのは文字列と文字列のリストだけです。</translation>
    </message>
    <message>
        <source>“%1” is given a second time in line %2: keep one of the two.</source>
        <translation>「%1」が %2 行目で重複しています。どちらか一方を残してください。</translation>
    </message>
    <message>
        <source>The template is not whole JSON: correct line %1 (%2).</source>
        <translation>テンプレートが正しい JSON ではありません。%1 行目を修正してください（%2）。</translation>
    </message>
    <message>
        <source>Line %1 of the template refers to another place (a YAML alias): write the value itself there.</source>
        <translation>テンプレートの %1 行目は別の場所を参照しています（YAML のエイリアス）。値をそのまま書いてください。</translation>
    </message>
    <message>
        <source>Line %1 of the template gives a value a YAML tag (“!…”): remove the tag.</source>
        <translation>テンプレートの %1 行目の値に YAML のタグ（「!…」）が付いています。タグを削除してください。</translation>
    </message>
    <message>
        <source>Line %1 of the template holds a control character: remove it.</source>
        <translation>テンプレートの %1 行目に制御文字があります。削除してください。</translation>
    </message>
    <message>
        <source>The template holds several YAML documents: keep one in a file.</source>
        <translation>テンプレートに YAML ドキュメントが複数あります。1 つのファイルには 1 つだけ残してください。</translation>
    </message>
    <message>
        <source>The template is neither JSON nor YAML: correct line %1 (%2).</source>
        <translation>テンプレートが JSON でも YAML でもありません。%1 行目を修正してください（%2）。</translation>
    </message>
    <message>
        <source>The template is larger than %1 MB, so it is not one of a case: choose another file.</source>
        <translation>テンプレートが %1 MB を超えているため、ケースのテンプレートではありません。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>The template is not text in UTF-8: save it in that encoding.</source>
        <translation>テンプレートが UTF-8 のテキストではありません。UTF-8 で保存し直してください。</translation>
    </message>
    <message>
        <source>The template is empty: choose another file.</source>
        <translation>テンプレートが空です。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“%1” in line %2 has more than %3 characters, so the template is not one of a case: choose another file.</source>
        <translation>%2 行目の「%1」が %3 文字を超えているため、ケースのテンプレートではありません。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>Line %1 of the template asks for YAML 1.1, in which words such as “yes” are no texts: remove the line.</source>
        <translation>テンプレートの %1 行目は YAML 1.1 を指定していますが、YAML 1.1 では「yes」などの語が文字列になりません。この行を削除してください。</translation>
    </message>
</context>
<context>
    <name>casement::CaseTemplates</name>
    <message>
        <source>Load Template</source>
        <translation>テンプレートを読み込む</translation>
    </message>
    <message>
        <source>Templates (*.json *.yaml *.yml);;All files (*)</source>
        <translation>テンプレート (*.json *.yaml *.yml);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>テンプレートとして保存</translation>
    </message>
    <message>
        <source>JSON (*.json);;YAML (*.yaml *.yml)</source>
        <translation>JSON (*.json);;YAML (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>AWS does not serve this kind of case in this language.</source>
        <translation>AWS はこの種類のケースをこの言語では受け付けていません。</translation>
    </message>
    <message>
        <source>Best effort: somebody answers in this language when there is somebody.</source>
        <translation>ベストエフォート：この言語の担当者がいる場合に対応します。</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>チャット</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>%1: open around the clock</source>
        <translation>%1：24 時間対応</translation>
    </message>
    <message>
        <source>%1: open now, until %2</source>
        <translation>%1：現在受付中（%2 まで）</translation>
    </message>
    <message>
        <source>%1: opens at %2</source>
        <translation>%1：%2 から受付</translation>
    </message>
    <message>
        <source>%1: opens on %2 at %3</source>
        <translation>%1：%2 %3 から受付</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>終日</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>受付なし</translation>
    </message>
    <message>
        <source>&amp;Load Template…</source>
        <translation>テンプレートを読み込む(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Save as Template…</source>
        <translation>テンプレートとして保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Copy as AWS CLI Command</source>
        <translation>AWS CLI コマンドとしてコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as AWS CLI Command for &amp;PowerShell</source>
        <translation>PowerShell 用の AWS CLI コマンドとしてコピー(&amp;P)</translation>
    </message>
    <message>
        <source>Files are not part of a template.</source>
        <translation>ファイルはテンプレートに含まれません。</translation>
    </message>
    <message>
        <source>Fill in: %1.</source>
        <translation>入力が必要：%1。</translation>
    </message>
    <message>
        <source>The template has names that AWS does not know; they were left out: %1.</source>
        <translation>テンプレートに AWS が知らない項目があり、読み込みませんでした：%1。</translation>
    </message>
    <message>
        <source>The template held characters that no message can hold: they were taken out or are “%1” now; look the texts through.</source>
        <translation>テンプレートにメッセージで使えない文字が含まれていたため、取り除いたか「%1」に置き換えました。文面を確認してください。</translation>
    </message>
    <message>
        <source>What stood here before is kept as a draft of its own.</source>
        <translation>ここに書かれていた内容は、別の下書きとして残してあります。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more: Load Template…</source>
        <translation>
            <numerusform>ほか %Ln 件：テンプレートを読み込む…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was not loaded.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>%1 は読み込まれませんでした。</translation>
    </message>
</context>
<context>
    <name>casement::CcCompleter</name>
    <message numerus="yes">
        <source>%Ln address(es) fit: %1</source>
        <extracomment>What a screen reader says of a field of addresses: %1 is the first of them</extracomment>
        <translation>
            <numerusform>%Ln 件のアドレスが一致：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::CheckTree</name>
    <message>
        <source>Sort By</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Reset Columns</source>
        <translation>列を初期状態に戻す</translation>
    </message>
</context>
<context>
    <name>casement::ColumnMenu</name>
    <message>
        <source>Ascending</source>
        <translation>昇順</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降順</translation>
    </message>
</context>
<context>
    <name>casement::CommandLine</name>
    <message>
        <source>%1 takes no value.</source>
        <translation>%1 に値は付けられません。</translation>
    </message>
    <message>
        <source>%1 needs a value.</source>
        <translation>%1 には値が必要です。</translation>
    </message>
    <message>
        <source>--theme is light, dark or system, not “%1”.</source>
        <translation>--theme は light、dark、system のいずれかです（「%1」は使えません）。</translation>
    </message>
    <message>
        <source>There is no option %1; --help lists them.</source>
        <translation>%1 というオプションはありません。--help で一覧を表示します。</translation>
    </message>
    <message>
        <source>“%1” was not expected; --help lists the options.</source>
        <translation>「%1」は指定できません。--help でオプションの一覧を表示します。</translation>
    </message>
    <message>
        <source>--language is en or ja, not “%1”.</source>
        <translation>--language は en か ja です（「%1」は使えません）。</translation>
    </message>
    <message>
        <source>--demo and --profile exclude each other.</source>
        <translation>--demo と --profile は同時に指定できません。</translation>
    </message>
    <message>
        <source>--demo and --endpoint-url exclude each other.</source>
        <translation>--demo と --endpoint-url は同時に指定できません。</translation>
    </message>
    <message>
        <source>--endpoint-url is an address that begins with http:// or https://, not “%1”.</source>
        <translation>--endpoint-url には http:// または https:// で始まるアドレスを指定します（「%1」は使えません）。</translation>
    </message>
    <message>
        <source>--log-level is debug, info, warning, error or off, not “%1”.</source>
        <translation>--log-level には debug、info、warning、error、off のいずれかを指定します（「%1」は指定できません）。</translation>
    </message>
    <message>
        <source>the log can&apos;t be written to %1: %2</source>
        <translation>ログを %1 に書き込めません：%2</translation>
    </message>
    <message>
        <source>--demo and --region exclude each other.</source>
        <translation>--demo と --region は同時に指定できません。</translation>
    </message>
    <message>
        <source>--region is a region of AWS as us-east-1, not “%1”.</source>
        <translation>--region には us-east-1 のような AWS のリージョンを指定します。「%1」は使えません。</translation>
    </message>
    <message>
        <source>“%1” is no link that Casement knows; one looks like casement:case/1730284921.</source>
        <translation>「%1」は Casement が開けるリンクではありません。casement:case/1730284921 のような形のものだけを開けます。</translation>
    </message>
    <message>
        <source>Usage: casement [options] [casement:case/ID]

Your AWS Support cases in one window.

  --demo                   run on a made-up company; nothing leaves this computer
  --profile NAME           use this profile of ~/.aws
  --region REGION          of accounts that name none; decides the partition
  --endpoint-url URL       ask the service at this address
  --language en|ja         language of the window
  --theme light|dark|system
  --portable FOLDER        keep settings and the archive in this folder
  --archive FILE           use this archive
  --log-level debug|info|warning|error|off
  --log-file FILE          append the log to this file; it holds no key
  --new-case               open the window of a new case
  --refresh                ask for what is new in all accounts
  --screenshot FILE        save a picture of the filled window, then end
  --quit-after-first-paint end as soon as the window is on screen
  -v, --version            say the version
  -h, --help               say this

Without --profile, keys of the environment are used, else the accounts of the list (Settings &gt; Accounts),
and while it is empty the profile that AWS_PROFILE names. Keys that are typed in go into the keychain of the
desktop, never into a file. Where a window is open already, it comes to the front and does what it is asked
for. A link opens a case that is here; it never sends.
</source>
        <translation>使い方：casement [オプション] [casement:case/ID]

AWS Support のケースをひとつのウィンドウで。

  --demo                   架空の会社で試す。データは外に出ない
  --profile NAME           ~/.aws のこのプロファイルを使う
  --region REGION          リージョンのないアカウントのリージョン。パーティションも決まる
  --endpoint-url URL       このアドレスのサービスに問い合わせる
  --language en|ja         ウィンドウの言語
  --theme light|dark|system
  --portable FOLDER        設定とアーカイブをこのフォルダーに置く
  --archive FILE           このアーカイブを使う
  --log-level debug|info|warning|error|off
  --log-file FILE          ログをこのファイルにも追記する。キーは含まれない
  --new-case               新規ケースのウィンドウを開く
  --refresh                すべてのアカウントの新しい内容を取得する
  --screenshot FILE        表示が揃ったら画像を保存して終了する
  --quit-after-first-paint 最初の表示の直後に終了する
  -v, --version            バージョンを表示する
  -h, --help               この説明を表示する

--profile がなければ、環境変数のキー、アカウントの一覧（設定 &gt; アカウント）の順に
使い、一覧が空なら AWS_PROFILE のプロファイルを使います。入力したキーはデスクトップの
キーチェーンに保存され、ファイルには書き込まれません。すでにウィンドウが開いていれば、
そのウィンドウが手前に出て要求を引き継ぎます。リンクは手元にあるケースを開くだけで、
何かを送信することはありません。
</translation>
    </message>
    <message>
        <source>no window can be opened with QT_QPA_PLATFORM=%1.</source>
        <translation>QT_QPA_PLATFORM=%1 ではウィンドウを開けません。</translation>
    </message>
    <message>
        <source>there is no display to open a window on: neither WAYLAND_DISPLAY nor DISPLAY is set. casement-cli works without one.</source>
        <translation>ウィンドウを開くディスプレイがありません。WAYLAND_DISPLAY も DISPLAY も設定されていません。casement-cli はディスプレイなしで動作します。</translation>
    </message>
    <message>
        <source>the display %1 can&apos;t be opened. casement-cli works without one.</source>
        <translation>ディスプレイ %1 を開けません。casement-cli はディスプレイなしで動作します。</translation>
    </message>
    <message>
        <source>--portable is a folder, and %1 is a file.</source>
        <translation>--portable にはフォルダーを指定します。%1 はファイルです。</translation>
    </message>
</context>
<context>
    <name>casement::CommunicationModel</name>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>AWS Support, %1: %2</source>
        <translation>AWS Support、%1：%2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>What a screen reader says of a message: %1 is who wrote it, %2 when (&quot;2 h ago&quot;), %3 the text</extracomment>
        <translation>%1、%2：%3</translation>
    </message>
</context>
<context>
    <name>casement::Composer</name>
    <message>
        <source>CC addresses</source>
        <translation>CC アドレス</translation>
    </message>
    <message>
        <source>Up to 10, separated by commas</source>
        <translation>最大 10 件、コンマ区切り</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Write a reply…</source>
        <translation>返信を入力…</translation>
    </message>
    <message>
        <source>Send copies of this reply to others</source>
        <translation>この返信の写しをほかの人にも送ります</translation>
    </message>
    <message>
        <source>Ask AWS whether it would accept this reply, without sending it</source>
        <translation>送信せずに、AWS がこの返信を受け付けるかどうかを問い合わせます</translation>
    </message>
    <message>
        <source>Asking AWS…</source>
        <translation>AWS に問い合わせています…</translation>
    </message>
    <message>
        <source>AWS would accept this reply.</source>
        <translation>AWS はこの返信を受け付けます。</translation>
    </message>
    <message>
        <source>This case is resolved. A reply reopens it.</source>
        <translation>このケースは解決済みです。返信すると再オープンされます。</translation>
    </message>
    <message>
        <source>Write a message first.</source>
        <translation>先にメッセージを入力してください。</translation>
    </message>
    <message>
        <source>This account is not connected. What you write is kept as a draft.</source>
        <translation>このアカウントには接続していません。入力した内容は下書きとして保存されます。</translation>
    </message>
    <message>
        <source>This reply is a rehearsal: its template says dryRun. It can be checked, and is not sent until you say so.</source>
        <translation>この返信はリハーサルです（テンプレートに dryRun の指定があります）。確認はできますが、指定を解除するまで送信されません。</translation>
    </message>
    <message>
        <source>Load and save templates of replies, or copy this one as a command</source>
        <translation>返信のテンプレートの読み込みと保存、またはこの返信のコマンドとしてのコピー</translation>
    </message>
    <message>
        <source>A rehearsal is not sent.</source>
        <extracomment>Tool tip of the button that sends a reply</extracomment>
        <translation>リハーサルは送信されません。</translation>
    </message>
    <message>
        <source>This template is one of a new case, not of a reply: choose another file.</source>
        <translation>このテンプレートは返信ではなく新しいケースのものです。別のファイルを選択してください。</translation>
    </message>
    <message>
        <source>The template names another case; this reply is for the one above.</source>
        <translation>テンプレートには別のケースが指定されていますが、この返信は上に表示されているケース宛てです。</translation>
    </message>
    <message>
        <source>Send the reply</source>
        <translation>返信を送信</translation>
    </message>
    <message>
        <source>Make It &amp;Real</source>
        <translation>本番にする(&amp;R)</translation>
    </message>
    <message>
        <source>CC a&amp;ddresses</source>
        <translation>CC(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Attach</source>
        <translation>添付(&amp;A)</translation>
    </message>
    <message>
        <source>A&amp;dd CC</source>
        <translation>CC を追加(&amp;D)</translation>
    </message>
    <message>
        <source>Te&amp;mplate</source>
        <translation>テンプレート(&amp;M)</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>確認(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>送信(&amp;S)</translation>
    </message>
    <message>
        <source>The data of this account was deleted, and the files of this reply with it: they have to be chosen again. What you wrote is kept here.</source>
        <translation>このアカウントのデータが削除され、この返信のファイルもなくなりました。ファイルは選び直してください。入力した内容はここに残っています。</translation>
    </message>
</context>
<context>
    <name>casement::ConversationChips</name>
    <message>
        <source>Attachment %1, %2</source>
        <extracomment>What a screen reader says of a file in a message; %2 is its size</extracomment>
        <translation>添付ファイル %1、%2</translation>
    </message>
    <message>
        <source>Attachment %1</source>
        <extracomment>What a screen reader says of a file in a message</extracomment>
        <translation>添付ファイル %1</translation>
    </message>
    <message>
        <source>Downloading: %1</source>
        <translation>ダウンロード中：%1</translation>
    </message>
    <message>
        <source>Kept on this computer, opens offline</source>
        <translation>このコンピューターに保存済み（オフラインで開けます）</translation>
    </message>
    <message>
        <source>Not downloaded yet</source>
        <translation>まだダウンロードしていません</translation>
    </message>
</context>
<context>
    <name>casement::ConversationPage</name>
    <message>
        <source>Copy the case ID</source>
        <translation>ケース ID をコピー</translation>
    </message>
    <message>
        <source>Open in Support Center</source>
        <translation>サポートセンターで開く</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>やり取り</translation>
    </message>
    <message>
        <source>Find in conversation</source>
        <translation>やり取りの中を検索</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>（件名なし）</translation>
    </message>
    <message>
        <source>submitted by %1</source>
        <translation>作成者 %1</translation>
    </message>
    <message>
        <source>created %1</source>
        <translation>作成 %1</translation>
    </message>
    <message>
        <source>Opens %1
Sign in to the account “%2” in the browser first.</source>
        <translation>%1 を開きます。
先にブラウザーでアカウント「%2」にサインインしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln 件一致</numerusform>
        </translation>
    </message>
    <message>
        <source>CC %1</source>
        <translation>CC %1</translation>
    </message>
    <message>
        <source>Choose a case to read it here.</source>
        <translation>ケースを選ぶとここに表示されます。</translation>
    </message>
    <message>
        <source>No message of this case is stored here yet.</source>
        <translation>このケースのメッセージはまだ保存されていません。</translation>
    </message>
    <message>
        <source>Subject: %1</source>
        <translation>件名：%1</translation>
    </message>
    <message>
        <source>Case ID: %1</source>
        <translation>ケース ID：%1</translation>
    </message>
    <message>
        <source>Severity: %1</source>
        <translation>重要度：%1</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>状態：%1</translation>
    </message>
    <message>
        <source>Service and category: %1</source>
        <translation>サービスとカテゴリー：%1</translation>
    </message>
    <message>
        <source>Account, submitter and dates: %1</source>
        <translation>アカウント、作成者、日時：%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>Which of the places found is shown: 3 of 50</extracomment>
        <translation>%2 件中 %1 件目</translation>
    </message>
    <message>
        <source>Some messages of this case are still being fetched.</source>
        <translation>このケースのメッセージの一部を取得中です。</translation>
    </message>
    <message>
        <source>Some messages of this case could not be fetched. Refresh asks for them again.</source>
        <translation>このケースのメッセージの一部を取得できませんでした。更新すると再度取得します。</translation>
    </message>
    <message>
        <source>Some messages of this case are missing, and AWS does not know the case any more.</source>
        <translation>このケースのメッセージの一部が欠けています。また、AWS 上にこのケースは存在しません。</translation>
    </message>
    <message>
        <source>Clear the Field</source>
        <translation>入力をクリア</translation>
    </message>
    <message numerus="yes">
        <source>CC %1 and %Ln more</source>
        <translation>
            <numerusform>CC %1 ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>casement::ConversationView</name>
    <message>
        <source>&amp;Quote in Reply</source>
        <translation>返信に引用(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>casement::DateFilterMenu</name>
    <message>
        <source>“%1” names no date: write it as 2026-01-31, 2026-01, 2026, 7d, 2w, 3m, 1y or today.</source>
        <translation>「%1」は日付として読めません。2026-01-31、2026-01、2026、7d、2w、3m、1y、today のように入力してください。</translation>
    </message>
</context>
<context>
    <name>casement::Deadlines</name>
    <message>
        <source>The response targets can&apos;t be read. The usual ones are used.</source>
        <translation>回答目標の設定を読み取れません。既定値を使用します。</translation>
    </message>
    <message>
        <source>“%1” is not a whole number of days from 0 to %2. The usual one is used.</source>
        <translation>「%1」が 0 から %2 までの整数の日数ではありません。既定値を使用します。</translation>
    </message>
    <message>
        <source>The response targets name no severities. The usual ones are used.</source>
        <translation>回答目標の設定に重要度がありません。既定値を使用します。</translation>
    </message>
    <message>
        <source>The response target for “%1” is not a whole number of minutes from 0 to %2. The usual one is used.</source>
        <translation>「%1」の回答目標が 0 から %2 までの整数の分数ではありません。既定値を使用します。</translation>
    </message>
    <message>
        <source>answer %1 late</source>
        <extracomment>In a list: AWS&apos;s first answer is late by a span of time, &quot;2 h&quot;</extracomment>
        <translation>回答が %1遅延</translation>
    </message>
    <message>
        <source>answer due in %1</source>
        <extracomment>In a list: AWS&apos;s first answer is to come within a span of time, &quot;3 h&quot;</extracomment>
        <translation>回答目標まで %1</translation>
    </message>
    <message>
        <source>may be closed any time</source>
        <extracomment>In a list: AWS closes a case that waits for the person</extracomment>
        <translation>いつクローズされてもおかしくありません</translation>
    </message>
    <message>
        <source>closes in about %1</source>
        <translation>約 %1後にクローズ</translation>
    </message>
    <message>
        <source>AWS aimed to answer first by %1. The answer is %2 late.</source>
        <extracomment>%1 is a date and time, %2 a span of time: &quot;2 hours&quot;</extracomment>
        <translation>AWS の初回回答の目標は %1 でした。回答は %2遅れています。</translation>
    </message>
    <message>
        <source>AWS aims to answer first by %1.</source>
        <translation>AWS の初回回答の目標は %1 です。</translation>
    </message>
    <message>
        <source>AWS has been waiting for your answer for days and may close this case any time.</source>
        <translation>AWS は数日前からお客様の回答を待っており、このケースはいつクローズされてもおかしくありません。</translation>
    </message>
    <message>
        <source>AWS waits for your answer. Without one it closes this case at about %1.</source>
        <translation>AWS はお客様の回答を待っています。回答がない場合、%1 頃にこのケースはクローズされます。</translation>
    </message>
    <message>
        <source>A reply could reopen this case until about %1. Now it takes a new case.</source>
        <extracomment>%1 is a date and time</extracomment>
        <translation>このケースは %1 頃まで返信で再オープンできました。現在は新しいケースが必要です。</translation>
    </message>
    <message>
        <source>A reply reopens this case until about %1. After that it takes a new case.</source>
        <extracomment>%1 is a date and time</extracomment>
        <translation>%1 頃までは、返信するとこのケースが再オープンされます。それ以降は新しいケースが必要です。</translation>
    </message>
    <message>
        <source>AWS first answered at %1, %2 after its target.</source>
        <extracomment>%1 is a date and time, %2 a span of time: &quot;2 hours&quot;</extracomment>
        <translation>AWS は %1 に最初に回答しました（目標より %2超過）。</translation>
    </message>
    <message>
        <source>AWS first answered at %1, within its target of %2.</source>
        <translation>AWS は %1 に最初に回答しました（目標の %2以内）。</translation>
    </message>
    <message>
        <source>can be reopened until %1</source>
        <extracomment>In a list: a resolved case can be reopened until a date</extracomment>
        <translation>%1 まで再オープン可能</translation>
    </message>
</context>
<context>
    <name>casement::DownloadJob</name>
    <message>
        <source>Downloading %1</source>
        <translation>%1 をダウンロードしています</translation>
    </message>
</context>
<context>
    <name>casement::DraftsPage</name>
    <message>
        <source>Drafts and outbox</source>
        <translation>下書きと送信トレイ</translation>
    </message>
    <message>
        <source>Drafts and messages on their way</source>
        <translation>下書きと送信中のメッセージ</translation>
    </message>
    <message>
        <source>Look at AWS whether it arrived</source>
        <translation>AWS に届いているかどうかを確認します</translation>
    </message>
    <message>
        <source>Do not send it; write on instead</source>
        <translation>送信せずに編集を続けます</translation>
    </message>
    <message>
        <source>Nothing is waiting</source>
        <translation>下書きも送信待ちもありません</translation>
    </message>
    <message>
        <source>Drafts, and messages on their way to AWS, stand here.</source>
        <translation>下書きと、AWS へ送信中のメッセージがここに表示されます。</translation>
    </message>
    <message>
        <source>Loading drafts…</source>
        <translation>下書きを読み込んでいます…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln need(s) you</source>
        <extracomment>Behind the title: so many entries wait for a decision of the person</extracomment>
        <translation>
            <numerusform>要確認 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s)</source>
        <translation>
            <numerusform>下書き %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Casement sends it as soon as this account is connected.</source>
        <translation>このアカウントに接続でき次第、Casement が送信します。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s) deleted</source>
        <translation>
            <numerusform>下書き %Ln 件を削除しました</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring back what was deleted</source>
        <translation>削除したものを元に戻す</translation>
    </message>
    <message>
        <source>Delete the draft</source>
        <translation>下書きを削除</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <comment>a draft, to write on</comment>
        <translation>開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Open Case</source>
        <translation>ケースを開く(&amp;O)</translation>
    </message>
    <message>
        <source>Check A&amp;gain</source>
        <translation>再確認(&amp;G)</translation>
    </message>
    <message>
        <source>Send Agai&amp;n</source>
        <translation>再送信(&amp;N)</translation>
    </message>
    <message>
        <source>Kee&amp;p as Draft</source>
        <translation>下書きとして保存(&amp;P)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>削除(&amp;L)</translation>
    </message>
    <message>
        <source>Cop&amp;y Details</source>
        <translation>詳細をコピー(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Send &amp;Now</source>
        <translation>今すぐ送信(&amp;N)</translation>
    </message>
    <message>
        <source>Write a Ne&amp;w Case…</source>
        <translation>新規ケースを作成(&amp;W)…</translation>
    </message>
</context>
<context>
    <name>casement::DropArea</name>
    <message>
        <source>Drop files to attach them</source>
        <translation>ここにドロップするとファイルを添付します</translation>
    </message>
</context>
<context>
    <name>casement::EditAccountsDialog</name>
    <message numerus="yes">
        <source>Edit %n Account(s)</source>
        <translation>
            <numerusform>%n 件のアカウントの編集</numerusform>
        </translation>
    </message>
    <message>
        <source>Color</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Support plan</source>
        <translation>サポートプラン</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>As in Settings</source>
        <extracomment>Instead of a support plan: the one that the page Response Targets of the settings says</extracomment>
        <translation>設定のとおり</translation>
    </message>
    <message>
        <source>Co&amp;lor</source>
        <translation>色(&amp;L)</translation>
    </message>
    <message>
        <source>Support &amp;plan</source>
        <translation>サポートプラン(&amp;P)</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
</context>
<context>
    <name>casement::EditMenu</name>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直し(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>切り取り(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>貼り付け(&amp;P)</translation>
    </message>
</context>
<context>
    <name>casement::ErrorBanner</name>
    <message>
        <source>Close the message</source>
        <translation>メッセージを閉じる</translation>
    </message>
    <message>
        <source>Accounts: %1</source>
        <extracomment>In the details of an error; %1 are the names of accounts</extracomment>
        <translation>アカウント：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source> and %Ln more</source>
        <extracomment>Behind the names of some accounts</extracomment>
        <translation>
            <numerusform>、ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Deta&amp;ils</source>
        <translation>詳細(&amp;I)</translation>
    </message>
    <message>
        <source>Tr&amp;y Again</source>
        <translation>再試行(&amp;Y)</translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation>コピー(&amp;P)</translation>
    </message>
    <message>
        <source>Keep for This Sessio&amp;n Only…</source>
        <translation>今回だけ使う(&amp;N)…</translation>
    </message>
</context>
<context>
    <name>casement::ErrorText</name>
    <message>
        <source>Set the clock of this computer, then try again.</source>
        <translation>このコンピューターの時計を合わせてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>AWS asks for fewer requests at the moment.</source>
        <translation>AWS がリクエストを減らすよう求めています。</translation>
    </message>
    <message>
        <source>The local archive could not be used.</source>
        <translation>ローカルのアーカイブを使用できませんでした。</translation>
    </message>
    <message>
        <source>A file could not be read or written.</source>
        <translation>ファイルを読み書きできませんでした。</translation>
    </message>
    <message>
        <source>Messages could not be fetched.</source>
        <translation>メッセージを取得できませんでした。</translation>
    </message>
    <message>
        <source>Messages of “%1” could not be fetched.</source>
        <translation>「%1」のメッセージを取得できませんでした。</translation>
    </message>
    <message>
        <source>Cases could not be refreshed.</source>
        <translation>ケースを更新できませんでした。</translation>
    </message>
    <message>
        <source>“%1” could not be refreshed.</source>
        <translation>「%1」を更新できませんでした。</translation>
    </message>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>キャンセルされました。</translation>
    </message>
    <message>
        <source>No access keys were found.</source>
        <translation>アクセスキーが見つかりません。</translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation>%1 に接続できません。</translation>
    </message>
    <message>
        <source>Host not found: %1.</source>
        <translation>ホストが見つかりません：%1</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 から時間内に応答がありませんでした。</translation>
    </message>
    <message>
        <source>The connection to %1 ended before the answer was whole.</source>
        <translation>%1 との接続が応答の途中で切れました。</translation>
    </message>
    <message>
        <source>The certificate of %1 was not accepted.</source>
        <translation>%1 の証明書を受け入れられませんでした。</translation>
    </message>
    <message>
        <source>The certificate of %1 was not accepted: %2</source>
        <translation>%1 の証明書を受け入れられませんでした：%2</translation>
    </message>
    <message>
        <source>The proxy did not let the request through.</source>
        <translation>プロキシがリクエストを通しませんでした。</translation>
    </message>
    <message>
        <source>The proxy did not let the request through: %1</source>
        <translation>プロキシがリクエストを通しませんでした：%1</translation>
    </message>
    <message>
        <source>The answer of %1 points to another address, which Casement does not follow.</source>
        <translation>%1 の応答は別のアドレスを指しています。Casement は転送に従いません。</translation>
    </message>
    <message>
        <source>A proxy or a sign-in page answered, not AWS (status %1).</source>
        <translation>AWS ではなく、プロキシまたはサインインページが応答しました（状態 %1）。</translation>
    </message>
    <message>
        <source>A proxy or a sign-in page answered, not AWS.</source>
        <translation>AWS ではなく、プロキシまたはサインインページが応答しました。</translation>
    </message>
    <message>
        <source>The answer of %1 was damaged or not what was asked for.</source>
        <translation>%1 の応答が壊れているか、求めた内容ではありません。</translation>
    </message>
    <message>
        <source>The answer of %1 was too large to be read.</source>
        <translation>%1 の応答が大きすぎて読み取れません。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong, so AWS refuses its requests.</source>
        <translation>このコンピューターの時計がずれているため、AWS がリクエストを拒否しています。</translation>
    </message>
    <message>
        <source>AWS refused it: %1 (%2).</source>
        <translation>AWS が拒否しました：%1（%2）</translation>
    </message>
    <message>
        <source>AWS refused it.</source>
        <translation>AWS が拒否しました。</translation>
    </message>
    <message>
        <source>AWS refused it (%1).</source>
        <translation>AWS が拒否しました（%1）。</translation>
    </message>
    <message>
        <source>The service repeated itself, so the list may be incomplete. What arrived is shown.</source>
        <translation>サービスが同じ内容を繰り返したため、一覧が不完全な可能性があります。届いた分を表示しています。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>sentences</comment>
        <extracomment>Two sentences, one after the other: what was tried, and what happened.</extracomment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile of ~/.aws that has keys.</source>
        <translation>AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定するか、キーのある ~/.aws のプロファイルを選んでください。</translation>
    </message>
    <message>
        <source>Sign in to the network if it asks for it in a browser, or check the endpoint URL, then try again.</source>
        <translation>ブラウザーでネットワークへのサインインを求められていないか、またはエンドポイントの URL を確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Try again. If it stays, send the details to AWS Support.</source>
        <translation>もう一度お試しください。続く場合は、詳細を AWS Support にお送りください。</translation>
    </message>
    <message>
        <source>Check free space and rights of the folder, then try again.</source>
        <translation>フォルダーの空き容量と権限を確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>label and value</comment>
        <extracomment>A label and its value: &quot;Request id: 0a1b…&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>コード</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状態</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>ホスト</translation>
    </message>
    <message>
        <source>Check the network. Cases that were fetched before stay readable.</source>
        <translation>ネットワークを確認してください。これまでに取得したケースは引き続き閲覧できます。</translation>
    </message>
    <message>
        <source>The keys or settings can&apos;t be used.</source>
        <translation>キーまたは設定を使用できません。</translation>
    </message>
    <message>
        <source>The keys or settings can&apos;t be used: %1</source>
        <translation>キーまたは設定を使用できません：%1</translation>
    </message>
    <message>
        <source>Check the endpoint URL, and whether a proxy or a firewall is in between.</source>
        <translation>エンドポイント URL と、途中にプロキシやファイアウォールがないかを確認してください。</translation>
    </message>
    <message>
        <source>There is no such profile in %1 or %2.</source>
        <translation>このプロファイルは %1 にも %2 にもありません。</translation>
    </message>
    <message>
        <source>Ask who looks after the account to allow the action that Details names for these keys.</source>
        <translation>アカウントの管理者に、これらのキーに対して「詳細」に示されたアクションを許可するよう依頼してください。</translation>
    </message>
    <message>
        <source>Choose another profile; “aws configure” makes one.</source>
        <translation>別のプロファイルを選んでください。プロファイルは「aws configure」で作成できます。</translation>
    </message>
    <message>
        <source>A file could not be uploaded.</source>
        <translation>ファイルをアップロードできませんでした。</translation>
    </message>
    <message>
        <source>An attachment could not be fetched.</source>
        <translation>添付ファイルを取得できませんでした。</translation>
    </message>
    <message>
        <source>These keys are right, but they are not allowed to do this: they lack the permission “%1”.</source>
        <translation>このキーは正しいものの、この操作は許可されていません。アクセス許可「%1」がありません。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s) could not be refreshed: %1.</source>
        <extracomment>%1 are the names of the accounts</extracomment>
        <translation>
            <numerusform>%Ln 個のアカウントを更新できませんでした：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s) could not be refreshed: %1 and others.</source>
        <extracomment>%1 are the names of some of the accounts</extracomment>
        <translation>
            <numerusform>%Ln 個のアカウントを更新できませんでした：%1 など。</numerusform>
        </translation>
    </message>
    <message>
        <source>The lists for a new case could not be fetched.</source>
        <translation>新しいケースのための一覧を取得できませんでした。</translation>
    </message>
    <message>
        <source>Trusted Advisor could not be asked.</source>
        <translation>Trusted Advisor に問い合わせできませんでした。</translation>
    </message>
    <message>
        <source>The request breaks a rule of the service.</source>
        <translation>リクエストがサービスの規則に反しています。</translation>
    </message>
    <message>
        <source>The request breaks a rule of the service: %1</source>
        <translation>リクエストがサービスの規則に反しています：%1</translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %Ln minute(s) slow, so AWS refuses its requests.</source>
        <translation>
            <numerusform>このコンピューターの時計が %Ln 分遅れているため、AWS がリクエストを拒否しています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %Ln minute(s) fast, so AWS refuses its requests.</source>
        <translation>
            <numerusform>このコンピューターの時計が %Ln 分進んでいるため、AWS がリクエストを拒否しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>The keychain could not be used.</source>
        <translation>キーチェーンを使用できませんでした。</translation>
    </message>
    <message>
        <source>The keychain could not be used: %1</source>
        <translation>キーチェーンを使用できませんでした：%1</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2.</source>
        <extracomment>%1 is a file, %2 why: &quot;its folder is not there&quot;</extracomment>
        <translation>%1 に書き込めません：%2。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2.</source>
        <extracomment>%1 is a file, %2 why: &quot;its folder is not there&quot;</extracomment>
        <translation>%1 を読み取れません：%2。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>何も送信していません。</translation>
    </message>
    <message>
        <source>Nothing was sent to AWS Support.</source>
        <translation>AWS Support には何も送信していません。</translation>
    </message>
    <message>
        <source>No file was changed.</source>
        <translation>ファイルは変更されていません。</translation>
    </message>
    <message>
        <source>Some files are the new ones, the others are as they were.</source>
        <translation>一部のファイルは新しいものになり、残りは元のままです。</translation>
    </message>
    <message>
        <source>Some pages may have come out.</source>
        <translation>一部のページは印刷された可能性があります。</translation>
    </message>
    <message>
        <source>A file that was there before is as it was.</source>
        <translation>元からあったファイルは変更されていません。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>何も変更していません。</translation>
    </message>
    <message>
        <source>The archive stays where it is.</source>
        <translation>アーカイブは元の場所にあります。</translation>
    </message>
    <message>
        <source>Correct what is named, then try again.</source>
        <translation>示された箇所を修正してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Look whether the keychain works, then try again.</source>
        <translation>キーチェーンが動作しているか確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and NO_PROXY. A proxy that asks for a password gets it by HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.</source>
        <translation>HTTPS_PROXY と NO_PROXY を確認してください。パスワードを求めるプロキシには、HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT の形で指定します。</translation>
    </message>
    <message>
        <source>Nothing is lost. Casement tries again by itself in a few minutes.</source>
        <translation>失われたものはありません。数分後に自動で再試行します。</translation>
    </message>
    <message>
        <source>Ask who looks after the account to allow “%1” for these keys.</source>
        <translation>アカウントの管理者に、これらのキーに対して「%1」を許可するよう依頼してください。</translation>
    </message>
    <message>
        <source>The details say what AWS found wrong. Correct it if it is something you typed; otherwise please report it.</source>
        <translation>AWS が指摘した問題は「詳細」に表示されています。入力した内容に誤りがある場合は修正してください。それ以外の場合はご報告ください。</translation>
    </message>
    <message>
        <source>The AWS CLI can: make another profile whose credential_process is “aws configure export-credentials”, as Details shows it, and use that one.</source>
        <translation>AWS CLI なら取得できます。「詳細」に表示されるとおり credential_process に「aws configure export-credentials」を指定した別のプロファイルを作り、それを使ってください。</translation>
    </message>
    <message>
        <source>Only who runs that server can change this.</source>
        <translation>これを変更できるのは、そのサーバーの管理者だけです。</translation>
    </message>
    <message>
        <source>Look at the clock of this computer. When it is right, only who runs that server can change this.</source>
        <translation>このコンピューターの時計を確認してください。時計が正しい場合、これを変更できるのはそのサーバーの管理者だけです。</translation>
    </message>
    <message>
        <source>Sign in again where they come from (for example “aws sso login”), then try again.</source>
        <translation>キーの発行元でもう一度サインインして（例：「aws sso login」）、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>Try again: Casement then uploads it anew.</source>
        <translation>もう一度お試しください。Casement があらためてアップロードします。</translation>
    </message>
    <message>
        <source>No connection to %1: the proxy that HTTPS_PROXY names made none.</source>
        <translation>%1 に接続できません。HTTPS_PROXY で指定されたプロキシが接続を確立できませんでした。</translation>
    </message>
    <message>
        <source>What names the proxy is no address of one: Details says why.</source>
        <translation>プロキシの指定がプロキシのアドレスになっていません。理由は「詳細」に表示されています。</translation>
    </message>
    <message>
        <source>The demo account could not be started: Details says why.</source>
        <translation>デモアカウントを開始できませんでした。理由は「詳細」に表示されています。</translation>
    </message>
    <message>
        <source>Start Casement again.</source>
        <translation>Casement を起動し直してください。</translation>
    </message>
    <message>
        <source>AWS Support has an endpoint of its own here, so AWS is not asked with these keys.</source>
        <translation>AWS Support に独自のエンドポイントが設定されているため、このキーで AWS に問い合わせることはしません。</translation>
    </message>
    <message>
        <source>Details names the variable that leads to an endpoint for this, too.</source>
        <translation>これについてもエンドポイントを指定するための変数が、「詳細」に表示されています。</translation>
    </message>
    <message>
        <source>The temporary keys of this account have expired.</source>
        <translation>このアカウントの一時キーは有効期限が切れています。</translation>
    </message>
    <message>
        <source>The keys of this account hold characters that no access key has.</source>
        <translation>このアカウントのキーに、アクセスキーにはあり得ない文字が含まれています。</translation>
    </message>
    <message>
        <source>This account is not open, so AWS can&apos;t be asked.</source>
        <translation>このアカウントは開かれていないため、AWS に問い合わせできません。</translation>
    </message>
    <message>
        <source>It may be paused, or without keys: look at Settings &gt; Accounts, then try again.</source>
        <translation>一時停止中か、キーがない可能性があります。設定 &gt; アカウントを確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>You are not signed in to IAM Identity Center (SSO), or not any more.</source>
        <translation>IAM Identity Center（SSO）にサインインしていないか、サインインの有効期限が切れています。</translation>
    </message>
    <message>
        <source>Try again to sign in with the browser. “aws sso login” in a terminal does as well: Details shows the command.</source>
        <translation>再試行してブラウザーでサインインしてください。ターミナルの「aws sso login」でも構いません。コマンドは「詳細」に表示されます。</translation>
    </message>
    <message>
        <source>A code of this account&apos;s MFA device is needed.</source>
        <translation>このアカウントの MFA デバイスのコードが必要です。</translation>
    </message>
    <message>
        <source>Try again and enter the code that the device shows.</source>
        <translation>再試行し、デバイスに表示されるコードを入力してください。</translation>
    </message>
    <message>
        <source>AWS gave out no keys for the role of this account.</source>
        <translation>このアカウントのロールのキーを AWS から取得できませんでした。</translation>
    </message>
    <message>
        <source>Details says why. Check the role&apos;s ARN, its external ID and whom it trusts, then try again.</source>
        <translation>理由は「詳細」に表示されます。ロールの ARN、外部 ID、信頼ポリシーを確認してからもう一度お試しください。</translation>
    </message>
    <message>
        <source>This profile assumes a role in a way that only the AWS CLI knows: Details says which.</source>
        <translation>このプロファイルは AWS CLI だけが対応する方法でロールを引き受けます。方法は「詳細」に表示されます。</translation>
    </message>
    <message>
        <source>The keys of this profile come from “aws login”, which only the AWS CLI can ask.</source>
        <translation>このプロファイルのキーは「aws login」のもので、AWS CLI だけが取得できます。</translation>
    </message>
    <message>
        <source>Details says why. Run the command of credential_process in a terminal to see what it lacks, then try again.</source>
        <translation>理由は「詳細」にあります。credential_process のコマンドをターミナルで実行して何が足りないかを確かめてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>This profile of ~/.aws has no keys, or not all of them.</source>
        <translation>~/.aws のこのプロファイルには、キーがないか、不足しています。</translation>
    </message>
    <message>
        <source>AWS_ACCESS_KEY_ID is set in the environment, AWS_SECRET_ACCESS_KEY is not.</source>
        <translation>環境変数 AWS_ACCESS_KEY_ID は設定されていますが、AWS_SECRET_ACCESS_KEY が設定されていません。</translation>
    </message>
    <message>
        <source>http:// is only allowed on this computer: on the way to another one everybody could read along. Nothing was sent.</source>
        <translation>http:// はこのコンピューター内でのみ使用できます。ほかのコンピューターへの通信は途中で読み取られるおそれがあるためです。何も送信していません。</translation>
    </message>
    <message>
        <source>Use an endpoint URL that begins with https://.</source>
        <translation>https:// で始まるエンドポイント URL を使用してください。</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from an authority that this computer does not trust.</source>
        <translation>%1 の証明書は、このコンピューターが信頼していない認証局から発行されたものです。</translation>
    </message>
    <message>
        <source>In a company network, set AWS_CA_BUNDLE (or ca_bundle in ~/.aws/config) to the file with its certificate authority.</source>
        <translation>社内ネットワークでは、AWS_CA_BUNDLE（または ~/.aws/config の ca_bundle）に認証局のファイルを設定してください。</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>%1 の証明書の有効期限が切れています。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet.</source>
        <translation>%1 の証明書はまだ有効期間に入っていません。</translation>
    </message>
    <message>
        <source>The certificate that %1 showed is that of another host.</source>
        <translation>%1 が提示した証明書は、別のホストのものです。</translation>
    </message>
    <message>
        <source>Check the endpoint URL; a proxy or a network that asks to sign in may answer in its place.</source>
        <translation>エンドポイント URL を確認してください。プロキシや、サインインを求めるネットワークが代わりに応答している可能性もあります。</translation>
    </message>
    <message>
        <source>The certificate of %1 was not accepted: its key is too weak to be safe.</source>
        <translation>%1 の証明書は受け入れられませんでした。鍵が弱すぎて安全ではありません。</translation>
    </message>
    <message>
        <source>%1 speaks only a TLS older than 1.2, which is not safe; nothing was sent.</source>
        <translation>%1 は 1.2 より古い TLS にしか対応しておらず、安全ではありません。何も送信していません。</translation>
    </message>
    <message>
        <source>No secure connection to %1 came about; nothing was sent.</source>
        <translation>%1 への安全な接続を確立できませんでした。何も送信していません。</translation>
    </message>
    <message>
        <source>This desktop has no keychain that answers.</source>
        <translation>応答するキーチェーンがこのデスクトップにありません。</translation>
    </message>
    <message>
        <source>Start one (GNOME Keyring, KWallet, KeePassXC) and try again, or keep the keys for this session only.</source>
        <translation>GNOME Keyring、KWallet、KeePassXC などを起動してもう一度試すか、今回だけキーを使ってください。</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>キーチェーンがロックされています。</translation>
    </message>
    <message>
        <source>Unlock it and try again, or keep the keys for this session only.</source>
        <translation>ロックを解除してもう一度試すか、今回だけキーを使ってください。</translation>
    </message>
    <message>
        <source>The keychain said no.</source>
        <translation>キーチェーンに拒否されました。</translation>
    </message>
    <message>
        <source>Allow Casement to use it and try again, or keep the keys for this session only.</source>
        <translation>Casement の使用を許可してもう一度試すか、今回だけキーを使ってください。</translation>
    </message>
    <message>
        <source>The keychain does not answer.</source>
        <translation>キーチェーンが応答しません。</translation>
    </message>
    <message>
        <source>Look whether it waits for its password and try again, or keep the keys for this session only.</source>
        <translation>パスワードの入力を待っていないか確認してもう一度試すか、今回だけキーを使ってください。</translation>
    </message>
    <message>
        <source>What the keychain holds for this account is no access key.</source>
        <translation>キーチェーンにあるこのアカウントの項目はアクセスキーではありません。</translation>
    </message>
    <message>
        <source>The keychain has no keys for this account.</source>
        <translation>キーチェーンにこのアカウントのキーがありません。</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>ファイルがもう存在しません。</translation>
    </message>
    <message>
        <source>Put it back and try again, or choose another file.</source>
        <translation>元に戻してもう一度試すか、別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>The file is a link that leads to no file.</source>
        <translation>リンク先のファイルがありません。</translation>
    </message>
    <message>
        <source>A folder can&apos;t be sent as it is.</source>
        <translation>フォルダーはそのままでは送れません。</translation>
    </message>
    <message>
        <source>Make a ZIP of it.</source>
        <translation>ZIP にしてください。</translation>
    </message>
    <message>
        <source>This is no file but a pipe, a socket or a device.</source>
        <translation>ファイルではなく、パイプ、ソケットまたはデバイスです。</translation>
    </message>
    <message>
        <source>There is nothing in it to send.</source>
        <translation>中身がないため、送るものがありません。</translation>
    </message>
    <message>
        <source>The file can&apos;t be read.</source>
        <translation>ファイルを読み込めません。</translation>
    </message>
    <message>
        <source>Check who may read it, then try again.</source>
        <translation>読み取りの権限を確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Use it as it is now, or remove it.</source>
        <translation>現在の内容で使うか、外してください。</translation>
    </message>
    <message>
        <source>The file is larger than AWS takes here.</source>
        <translation>ここで AWS に送れる大きさを超えています。</translation>
    </message>
    <message>
        <source>Compress it, or send a part of it.</source>
        <translation>圧縮するか、一部だけを送ってください。</translation>
    </message>
    <message>
        <source>These are more files than AWS takes here.</source>
        <translation>ここで AWS に送れるファイルの数を超えています。</translation>
    </message>
    <message>
        <source>Send the others with another reply.</source>
        <translation>残りは別の返信で送ってください。</translation>
    </message>
    <message>
        <source>The file is in a place where keys and passwords are kept.</source>
        <translation>ファイルはキーやパスワードを保管する場所にあります。</translation>
    </message>
    <message>
        <source>Send it only when people at AWS may read all of it.</source>
        <translation>AWS の担当者にすべて読まれても構わない場合にだけ送ってください。</translation>
    </message>
    <message>
        <source>AWS looked at the file and did not take it.</source>
        <translation>AWS がファイルを検査し、受け付けませんでした。</translation>
    </message>
    <message>
        <source>Try again, or send it as a ZIP.</source>
        <translation>再試行するか、ZIP にして送ってください。</translation>
    </message>
    <message>
        <source>A file of the message is paused, so the message waits.</source>
        <translation>ファイルのアップロードが一時停止中のため、メッセージは送信を待っています。</translation>
    </message>
    <message>
        <source>Go on uploading it, or remove it.</source>
        <translation>アップロードを再開するか、ファイルを外してください。</translation>
    </message>
    <message>
        <source>There is a file of that name already.</source>
        <translation>同じ名前のファイルがすでにあります。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>別の名前を選んでください。</translation>
    </message>
    <message>
        <source>Another program writes this file at the moment.</source>
        <translation>ほかのプログラムがこのファイルに書き込んでいます。</translation>
    </message>
    <message>
        <source>Try again when it is done.</source>
        <translation>そのプログラムの書き込みが終わってから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The file can&apos;t be written there.</source>
        <translation>その場所にファイルを書き込めません。</translation>
    </message>
    <message>
        <source>Check the rights of the folder, or choose another name or folder.</source>
        <translation>フォルダーの権限を確認するか、別の名前またはフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is no room for the file there.</source>
        <translation>その場所にはファイルを保存する空きがありません。</translation>
    </message>
    <message>
        <source>Make room, or choose another folder.</source>
        <translation>空きを作るか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Not all files of the folder could be written.</source>
        <translation>フォルダーのファイルをすべては書き込めませんでした。</translation>
    </message>
    <message>
        <source>Check the rights of the folder, then export again.</source>
        <translation>フォルダーの権限を確認してから、もう一度エクスポートしてください。</translation>
    </message>
    <message>
        <source>The pages could not be made.</source>
        <translation>ページを作成できませんでした。</translation>
    </message>
    <message>
        <source>Choose another printer or another size of paper, then try again.</source>
        <translation>別のプリンターか用紙サイズを選んでから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The printer did not take it.</source>
        <translation>プリンターが受け付けませんでした。</translation>
    </message>
    <message>
        <source>Look at the printer and its queue, then print again.</source>
        <translation>プリンターと印刷待ちの一覧を確認してから、もう一度印刷してください。</translation>
    </message>
    <message>
        <source>AWS named an address for the file that is not one of its own, so nothing was sent or fetched there.</source>
        <translation>AWS が示したファイルのアドレスは AWS のものではないため、そこへの送受信は行いませんでした。</translation>
    </message>
    <message>
        <source>Please report this with the details below.</source>
        <translation>下の詳細を添えてご報告ください。</translation>
    </message>
    <message>
        <source>%1 did not accept the link to the file; mostly because its time was over.</source>
        <translation>%1 がファイルへのリンクを受け付けませんでした。多くは有効期限切れが原因です。</translation>
    </message>
    <message>
        <source>AWS takes no more files from this account for the moment.</source>
        <translation>AWS は現在、このアカウントからこれ以上ファイルを受け付けません。</translation>
    </message>
    <message>
        <source>AWS opens no more cases of this account for the moment.</source>
        <translation>このアカウントでは、現在これ以上ケースを作成できません。</translation>
    </message>
    <message>
        <source>AWS opens about ten cases an hour: send it later.</source>
        <translation>AWS が作成できるケースは 1 時間に 10 件ほどです。後で送信してください。</translation>
    </message>
    <message>
        <source>AWS gives out no more files to this account for the moment.</source>
        <translation>このアカウントには、現在これ以上ファイルが渡されません。</translation>
    </message>
    <message>
        <source>Wait some minutes, then try again.</source>
        <translation>数分待ってから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>AWS does not have this attachment any more.</source>
        <translation>この添付ファイルは AWS にもうありません。</translation>
    </message>
    <message>
        <source>AWS keeps files as long as their case. Ask for it in a reply if it is still needed.</source>
        <translation>AWS はファイルをそのケースと同じ期間だけ保管します。まだ必要な場合は、返信で依頼してください。</translation>
    </message>
    <message>
        <source>AWS keeps uploaded files for an hour, and that was over.</source>
        <translation>アップロードしたファイルの保持期間（1 時間）が過ぎました。</translation>
    </message>
    <message>
        <source>AWS does not know the uploaded files any more.</source>
        <translation>アップロードしたファイルは、AWS にもうありません。</translation>
    </message>
    <message>
        <source>AWS takes three files of 5 MB each here.</source>
        <translation>ここで AWS に送れるのは、5 MB までのファイル 3 件です。</translation>
    </message>
    <message>
        <source>Remove or compress files, or send the others with another reply.</source>
        <translation>ファイルを外すか圧縮してください。残りを別の返信で送ることもできます。</translation>
    </message>
    <message>
        <source>AWS does not know the uploaded file any more.</source>
        <translation>アップロードしたファイルは、AWS にもうありません。</translation>
    </message>
    <message>
        <source>The request is too large for AWS or for a proxy on the way.</source>
        <translation>リクエストが、AWS または途中のプロキシにとって大きすぎます。</translation>
    </message>
    <message>
        <source>AWS takes 8,000 characters a message and three files of 5 MB each. Send less text, or fewer or smaller files.</source>
        <translation>AWS が受け付けるのは、1 件のメッセージにつき 8,000 文字まで、ファイルは 1 個 5 MB までで 3 個までです。文章を短くするか、ファイルを減らすか小さくしてください。</translation>
    </message>
    <message>
        <source>The support plan of this account has no access to the AWS Support API.</source>
        <translation>このアカウントのサポートプランでは AWS Support API を利用できません。</translation>
    </message>
    <message>
        <source>The API comes with some support plans only. Change the plan in Support Center, or choose another account.</source>
        <translation>API は一部のサポートプランでのみ利用できます。サポートセンターでプランを変更するか、別のアカウントを選んでください。</translation>
    </message>
    <message>
        <source>These keys are right, but they are not allowed to do this.</source>
        <translation>キーは正しいものの、この操作の権限がありません。</translation>
    </message>
    <message>
        <source>AWS does not know this access key.</source>
        <translation>AWS はこのアクセスキーを認識できません。</translation>
    </message>
    <message>
        <source>The secret access key does not belong to this access key.</source>
        <translation>シークレットアクセスキーがこのアクセスキーのものではありません。</translation>
    </message>
    <message>
        <source>The request was signed for another region than the one that the endpoint serves.</source>
        <translation>リクエストの署名が、エンドポイントの扱うリージョンとは別のリージョンのものです。</translation>
    </message>
    <message>
        <source>The keys may be right: check the region and the endpoint of this account, then try again.</source>
        <translation>キーは正しいかもしれません。このアカウントのリージョンとエンドポイントを確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>AWS could not read the signature of the request.</source>
        <translation>AWS はリクエストの署名を読み取れませんでした。</translation>
    </message>
    <message>
        <source>The request reached AWS without its signature.</source>
        <translation>リクエストが署名なしで AWS に届きました。</translation>
    </message>
    <message>
        <source>A proxy in between may remove it. Ask your network&apos;s administrators.</source>
        <translation>途中のプロキシが署名を取り除いている可能性があります。ネットワークの管理者に確認してください。</translation>
    </message>
    <message>
        <source>AWS takes the request for an old one: this computer&apos;s clock is wrong.</source>
        <translation>AWS はリクエストを古いものと判断しました。このコンピューターの時計がずれています。</translation>
    </message>
    <message>
        <source>AWS does not find this case in the account.</source>
        <translation>AWS はこのアカウントにこのケースを見つけられません。</translation>
    </message>
    <message>
        <source>AWS keeps cases for a limited time. What Casement has stored of it stays readable.</source>
        <translation>AWS のケースの保存期間には限りがあります。Casement に保存された内容は引き続き読めます。</translation>
    </message>
    <message>
        <source>AWS had an internal error.</source>
        <translation>AWS で内部エラーが発生しました。</translation>
    </message>
    <message>
        <source>The service at this endpoint does not know this request.</source>
        <translation>このエンドポイントのサービスはこのリクエストに対応していません。</translation>
    </message>
    <message>
        <source>Check the endpoint: it may be an emulator, or a partition with an older API.</source>
        <translation>エンドポイントを確認してください。エミュレーターか、古い API のパーティションかもしれません。</translation>
    </message>
    <message>
        <source>AWS did not accept the request as it was.</source>
        <translation>AWS はこのリクエストを受け付けませんでした。</translation>
    </message>
    <message>
        <source>AWS does not offer a check before sending in this partition.</source>
        <translation>このパーティションでは送信前の確認が提供されていません。</translation>
    </message>
    <message>
        <source>Look it over yourself, then send it without a check.</source>
        <translation>ご自身で内容を見直し、確認なしで送信してください。</translation>
    </message>
    <message>
        <source>The service does not know checks before sending and took this one for the real thing.</source>
        <translation>このサービスは送信前の確認に対応しておらず、確認を本物の送信として受け付けました。</translation>
    </message>
    <message>
        <source>Refresh and look whether it is there before you send it. Then please report this with the details.</source>
        <translation>送信する前に、更新して、すでに届いていないか確認してください。そのうえで、詳細を添えて報告してください。</translation>
    </message>
    <message>
        <source>AWS could not read the request.</source>
        <translation>AWS はリクエストを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <extracomment>What AWS answered, behind a sentence that explains it</extracomment>
        <translation>詳細：%1</translation>
    </message>
    <message>
        <source>AWS could not be asked whether it would accept this.</source>
        <translation>AWS が受け付けるかどうかを確認できませんでした。</translation>
    </message>
    <message>
        <source>The keychain waits for its password.</source>
        <translation>キーチェーンがパスワードの入力を待っています。</translation>
    </message>
    <message>
        <source>Type it where the keychain asks for it, and this goes on by itself; or keep the keys for this session only.</source>
        <translation>キーチェーンの画面でパスワードを入力すれば、自動的に続行します。今回だけキーを使うこともできます。</translation>
    </message>
    <message>
        <source>Check the access key and its secret where this account gets them: Settings &gt; Accounts says where. Then try again.</source>
        <translation>このアカウントのキーの取得元（設定 &gt; アカウントに表示されます）で、アクセスキーとシークレットアクセスキーを確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>It may be deleted, mistyped, or of another partition (China, GovCloud): then set the region. Check it where this account gets it: Settings &gt; Accounts says where. Then try again.</source>
        <translation>削除されたか、入力の誤りか、別のパーティション（中国、GovCloud）のキーの可能性があります。別のパーティションの場合はリージョンを設定してください。このアカウントのキーの取得元（設定 &gt; アカウントに表示されます）を確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>%2 does not answer at the moment.</source>
        <translation>現在 %2 から応答がありません。</translation>
    </message>
    <message>
        <source>%1 did not list the accounts; nothing was changed.</source>
        <extracomment>%1: AWS Organizations</extracomment>
        <translation>%1 からアカウントの一覧を取得できませんでした。何も変更されていません。</translation>
    </message>
    <message>
        <source>%1 did not say whose keys these are; nothing was changed.</source>
        <extracomment>%1: AWS STS</extracomment>
        <translation>%1 にキーの持ち主を確認できませんでした。何も変更されていません。</translation>
    </message>
    <message>
        <source>%1 gave no keys; nothing was changed.</source>
        <extracomment>%1: AWS STS or IAM Identity Center</extracomment>
        <translation>%1 からキーを取得できませんでした。何も変更されていません。</translation>
    </message>
    <message>
        <source>%1 gave no keys for “%2”; nothing was changed.</source>
        <extracomment>%1: AWS STS or IAM Identity Center, %2 the name of an account</extracomment>
        <translation>「%2」のキーを %1 から取得できませんでした。何も変更されていません。</translation>
    </message>
    <message>
        <source>It asks for fewer requests at the moment.</source>
        <translation>要求が多すぎるという応答でした。</translation>
    </message>
    <message>
        <source>%1 does not work at the moment (status %2).</source>
        <extracomment>%1: AWS Support, AWS STS …</extracomment>
        <translation>現在 %1 は動作していません（状態 %2）。</translation>
    </message>
    <message>
        <source>%1 does not work at the moment.</source>
        <translation>現在 %1 は動作していません。</translation>
    </message>
    <message>
        <source>It says: %1 (%2).</source>
        <translation>応答：%1（%2）。</translation>
    </message>
    <message>
        <source>Enter the keys again: Settings &gt; Accounts &gt; Edit.</source>
        <translation>キーをもう一度入力してください（設定 &gt; アカウント &gt; 編集）。</translation>
    </message>
    <message>
        <source>The folder is not there.</source>
        <translation>フォルダーがありません。</translation>
    </message>
    <message>
        <source>Make the folder, or choose another one.</source>
        <translation>フォルダーを作成するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Correct it if it is something you typed. Otherwise ask AWS Support, with the request id that Details shows.</source>
        <translation>入力した内容が原因であれば修正してください。そうでなければ、「詳細」に表示されるリクエスト ID を添えて AWS Support にお問い合わせください。</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>リクエスト ID</translation>
    </message>
    <message>
        <source>request id %1</source>
        <translation>リクエスト ID %1</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>sentence</comment>
        <extracomment>A sentence without its full stop, before another one</extracomment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 did not give the file out, not even by fresh links.</source>
        <translation>%1 は、新しいリンクでもファイルを渡しませんでした。</translation>
    </message>
    <message>
        <source>Try again later. If it stays so, AWS may not have the file any more: ask for it in the case.</source>
        <translation>あとでもう一度お試しください。それでも変わらなければ、AWS にファイルがもう残っていない可能性があります。ケースで依頼してください。</translation>
    </message>
    <message>
        <source>The file was changed after it was chosen. No message with it is sent.</source>
        <translation>選んだ後にファイルが変更されました。このファイルを付けたメッセージは送られません。</translation>
    </message>
    <message>
        <source>“%1” could not be uploaded.</source>
        <translation>「%1」をアップロードできませんでした。</translation>
    </message>
    <message>
        <source>What was uploaded of it is in no message.</source>
        <translation>アップロードした分は、どのメッセージにも付いていません。</translation>
    </message>
    <message>
        <source>A proxy in between may have changed it. Ask your network&apos;s administrators.</source>
        <translation>途中のプロキシが署名を書き換えた可能性があります。ネットワークの管理者に確認してください。</translation>
    </message>
    <message>
        <source>Enter the keys again: Edit.</source>
        <translation>「編集」でキーを入力し直してください。</translation>
    </message>
    <message>
        <source>The program that this profile gets its keys from (credential_process) failed.</source>
        <translation>このプロファイルのキーを渡すプログラム（credential_process）が、キーを渡しませんでした。</translation>
    </message>
    <message>
        <source>Some cases lack messages. What arrived is shown.</source>
        <translation>一部のケースのメッセージがそろっていません。届いた分を表示しています。</translation>
    </message>
    <message>
        <source>What it wrote</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>Correct the access key and its secret, then test again.</source>
        <translation>アクセスキーとシークレットを正しいものに直してから、もう一度テストしてください。</translation>
    </message>
    <message>
        <source>It may be deleted, mistyped, or of another partition (China, GovCloud): then set the region. Correct it, then test again.</source>
        <translation>削除されたか、入力の誤りか、別のパーティション（中国、GovCloud）のキーの可能性があります。別のパーティションの場合はリージョンを設定してください。キーを直してから、もう一度テストしてください。</translation>
    </message>
    <message>
        <source>AWS does not take the keys that this account&apos;s role is asked for with.</source>
        <translation>このアカウントのロールを要求するためのキーを AWS が受け付けませんでした。</translation>
    </message>
    <message>
        <source>Details says which and why. Correct those keys, or get new ones where they are temporary, then try again.</source>
        <translation>どのキーがなぜかは「詳細」に表示されます。そのキーを修正するか、一時的なキーの場合は新しいものを取得してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>AWS gives out no keys for roles in the region that this account names.</source>
        <translation>このアカウントが指定しているリージョンでは、AWS はロールのキーを発行しません。</translation>
    </message>
    <message>
        <source>Set another region for the account or its profile, or have AWS STS switched on for that region (IAM &gt; Account settings), then try again.</source>
        <translation>アカウントまたはそのプロファイルに別のリージョンを設定するか、そのリージョンで AWS STS を有効にしてもらってから（IAM &gt;「アカウント設定」）、もう一度お試しください。</translation>
    </message>
</context>
<context>
    <name>casement::ExportAdvisorJob</name>
    <message numerus="yes">
        <source>Exporting %n check(s)</source>
        <translation>
            <numerusform>%n 件のチェックをエクスポート中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ExportCasesJob</name>
    <message numerus="yes">
        <source>Exporting %n case(s)</source>
        <translation>
            <numerusform>%n 件のケースをエクスポート中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ExportPage</name>
    <message>
        <source>A cell that begins with =, +, -, @, a tab or a line break gets an apostrophe in front, so that no spreadsheet runs what somebody named a resource. Plain numbers stay as they are. Switch it off for programs that need every character as the service gave it.</source>
        <translation>=、+、-、@、タブ、改行で始まるセルの先頭にアポストロフィを付け、リソース名が表計算ソフトで実行されないようにします。数値はそのままです。サービスが返した文字をそのまま必要とするプログラム向けには、オフにしてください。</translation>
    </message>
    <message>
        <source>Excel needs it to read Japanese and other letters beyond English. Some programs take it for a part of the first heading.</source>
        <translation>Excel で日本語などの文字を正しく読むために必要です。最初の見出しの一部とみなすプログラムもあります。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message>
        <source>How results of Trusted Advisor are written into files.</source>
        <translation>Trusted Advisor の結果をファイルに書き出す方法です。</translation>
    </message>
    <message>
        <source>Cells of CSV never run as &amp;formulas</source>
        <translation>CSV のセルを数式として実行させない(&amp;F)</translation>
    </message>
    <message>
        <source>Begin CSV with a &amp;byte order mark</source>
        <translation>CSV の先頭にバイト順マークを付ける(&amp;B)</translation>
    </message>
    <message>
        <source>In the order of the table, behind the account, the check and the resource; also in workbooks. The menu of a heading chooses them, for each check by itself. A check whose table was not changed is written whole.</source>
        <translation>アカウント、チェック、リソースの後に、表の順番で出力します。ブックでも同じです。列は見出しのメニューでチェックごとに選びます。表を変更していないチェックはすべての列を出力します。</translation>
    </message>
    <message>
        <source>Only the co&amp;lumns that a check&apos;s table shows</source>
        <translation>チェックの表に表示している列だけを出力(&amp;L)</translation>
    </message>
</context>
<context>
    <name>casement::FetchJob</name>
    <message>
        <source>Downloading %1</source>
        <translation>%1 をダウンロードしています</translation>
    </message>
</context>
<context>
    <name>casement::FileError</name>
    <message>
        <source>the rights of the file or of its folder do not allow it</source>
        <translation>ファイルまたはフォルダーの権限で許可されていません</translation>
    </message>
    <message>
        <source>the file or its folder is not there</source>
        <translation>ファイルまたはフォルダーがありません</translation>
    </message>
    <message>
        <source>a part of its path is no folder</source>
        <translation>パスの途中にフォルダーでないものがあります</translation>
    </message>
    <message>
        <source>a folder has that name</source>
        <translation>同じ名前のフォルダーがあります</translation>
    </message>
    <message>
        <source>something of that name is there already</source>
        <translation>同じ名前のものがすでにあります</translation>
    </message>
    <message>
        <source>what it lies on can only be read</source>
        <translation>保存先が読み取り専用です</translation>
    </message>
    <message>
        <source>there is no room</source>
        <translation>空き容量がありません</translation>
    </message>
    <message>
        <source>it is too large for the file system</source>
        <translation>ファイルシステムの上限を超えています</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名前が長すぎます</translation>
    </message>
    <message>
        <source>it is a link that leads back to itself</source>
        <translation>リンクが循環しています</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>ディスクがエラーを報告しています</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>開いているファイルが多すぎます</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>別のプログラムが使用しています</translation>
    </message>
    <message>
        <source>the drive does not answer</source>
        <translation>ドライブが応答しません</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>通常のファイルではありません</translation>
    </message>
    <message>
        <source>it is a link that leads to no file</source>
        <translation>リンク先のファイルがありません</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>そのようなファイルはありません</translation>
    </message>
    <message>
        <source>it holds something that is not a file</source>
        <translation>ファイルではないものが入っています</translation>
    </message>
    <message>
        <source>the copy is not the same as what was copied</source>
        <translation>コピーが元の内容と一致しません</translation>
    </message>
    <message>
        <source>the system does not say why</source>
        <translation>理由はシステムから示されていません</translation>
    </message>
    <message>
        <source>the system says “%1”</source>
        <extracomment>%1 is what the operating system says, in its own language</extracomment>
        <translation>システムのメッセージは「%1」です</translation>
    </message>
</context>
<context>
    <name>casement::FileText</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n バイト</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 バイト</translation>
    </message>
    <message>
        <source>waiting</source>
        <extracomment>State of a file: its upload was interrupted</extracomment>
        <translation>待機中</translation>
    </message>
    <message>
        <source>interrupted; it goes on by itself</source>
        <translation>中断中（自動で再開します）</translation>
    </message>
    <message>
        <source>uploading %1 %</source>
        <extracomment>State of a file: so much of it is uploaded</extracomment>
        <translation>アップロード中 %1 %</translation>
    </message>
    <message>
        <source>processing at AWS</source>
        <extracomment>State of a file: AWS looks at it</extracomment>
        <translation>AWS で処理中</translation>
    </message>
    <message>
        <source>ready</source>
        <extracomment>State of a file: it is uploaded</extracomment>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>paused</source>
        <extracomment>State of a file</extracomment>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>State of a file</extracomment>
        <translation>失敗</translation>
    </message>
    <message>
        <source>This file has %1. AWS takes files of up to %2 here.</source>
        <translation>このファイルは %1 です。ここで AWS に送れるのは %2 までのファイルです。</translation>
    </message>
    <message numerus="yes">
        <source>A message takes %Ln file(s) here. Send this one with another reply.</source>
        <translation>
            <numerusform>ここで 1 件のメッセージに添付できるのは %Ln ファイルまでです。このファイルは別の返信で送ってください。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” could not be uploaded.</source>
        <translation>「%1」をアップロードできませんでした。</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失敗：%1</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>What a screen reader says of a file: its name, its size, and where it stands</extracomment>
        <translation>%1、%2、%3</translation>
    </message>
    <message numerus="yes">
        <source>This file holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>このファイルには %Ln 件の機密情報が含まれています：%1。AWS の担当者が目にします。</numerusform>
        </translation>
    </message>
    <message>
        <source>here “%1”</source>
        <extracomment>Of a file that is sent under another name than it has on this computer</extracomment>
        <translation>元の名前「%1」</translation>
    </message>
    <message>
        <source>%1, at most %2</source>
        <extracomment>What is wrong with a file: its size, and the largest that AWS takes</extracomment>
        <translation>%1（上限 %2）</translation>
    </message>
    <message>
        <source>%1 as a ZIP, at most %2</source>
        <extracomment>What is wrong with a file: the size that it has as a ZIP, and the largest that AWS takes</extracomment>
        <translation>ZIP で %1（上限 %2）</translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln file(s)</source>
        <comment>what is wrong with a file</comment>
        <translation>
            <numerusform>%Ln 個を超過</numerusform>
        </translation>
    </message>
    <message>
        <source>a folder</source>
        <comment>what is wrong with a file</comment>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>from a place of keys and passwords</source>
        <comment>what is wrong with a file</comment>
        <translation>キーやパスワードの保管場所のファイル</translation>
    </message>
    <message>
        <source>a pipe, a socket or a device</source>
        <comment>what is wrong with a file</comment>
        <translation>パイプ、ソケットまたはデバイス</translation>
    </message>
    <message>
        <source>empty</source>
        <comment>what is wrong with a file</comment>
        <translation>空のファイル</translation>
    </message>
    <message>
        <source>not there any more</source>
        <comment>what is wrong with a file</comment>
        <translation>すでに存在しません</translation>
    </message>
    <message>
        <source>a link that leads to no file</source>
        <comment>what is wrong with a file</comment>
        <translation>リンク先のファイルがありません</translation>
    </message>
    <message>
        <source>attached already</source>
        <comment>what is wrong with a file</comment>
        <translation>添付済み</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <comment>what is wrong with a file</comment>
        <extracomment>What is wrong with a file: it can&apos;t be read, and why</extracomment>
        <translation>読み取れません</translation>
    </message>
    <message>
        <source>can&apos;t be read (%1)</source>
        <translation>読み取れません（%1）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>file</comment>
        <extracomment>A file that was not attached, and what is wrong with it: &quot;core.dump: 4.2 GB, AWS takes up to 150 MB&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>casement::FileTray</name>
    <message>
        <source>Files are being prepared…</source>
        <translation>ファイルを準備しています…</translation>
    </message>
    <message>
        <source>“%1” could not be uploaded: see above, or remove it.</source>
        <translation>「%1」をアップロードできませんでした。上の説明を確認するか、ファイルを外してください。</translation>
    </message>
    <message>
        <source>The text speaks of an attachment, and no file is attached.</source>
        <translation>本文で添付に触れていますが、ファイルが添付されていません。</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>ファイルを添付</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>file, sentence</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Attach files; or drop them here, or paste a picture</source>
        <translation>ファイルを添付。ここにドロップするか、画像を貼り付けることもできます</translation>
    </message>
    <message>
        <source>Choose above what becomes of the files that are not attached.</source>
        <translation>添付していないファイルをどうするか、上で選んでください。</translation>
    </message>
    <message>
        <source>Not sent yet. %1 Choose Create Case again to send it all the same.</source>
        <translation>まだ送信していません。%1このまま送るには、もう一度「ケースを作成」を選んでください。</translation>
    </message>
    <message>
        <source>Not sent yet. %1 Send again to send it all the same.</source>
        <translation>まだ送信していません。%1このまま送るには、もう一度送信してください。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>files</comment>
        <extracomment>%1 is a list of files</extracomment>
        <translation>
            <numerusform>%1、ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) hold secrets: %1. People at AWS would read them.</source>
        <extracomment>%1 is a list of files</extracomment>
        <translation>
            <numerusform>%Ln 件のファイルに機密情報が含まれています：%1。AWS の担当者が目にします。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking through the files for secrets before they are sent…</source>
        <translation>送信する前に、ファイルにキーやパスワードがないか調べています…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>casement::FollowUpBar</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) follow by themselves in %1: %2</source>
        <extracomment>%1 is a number of replies (&quot;2 replies&quot;), %2 a list of files</extracomment>
        <translation>
            <numerusform>%Ln 個のファイルは自動的に続けて送信されます（%1）：%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln repl(y/ies)</source>
        <translation>
            <numerusform>返信 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the files that were to follow</source>
        <translation>続きの返信で送るはずのファイルを取り除きます</translation>
    </message>
    <message>
        <source>Rem&amp;ove Them</source>
        <translation>取り除く(&amp;O)</translation>
    </message>
</context>
<context>
    <name>casement::GeneralPage</name>
    <message>
        <source>Language and looks</source>
        <translation>言語と外観</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>ウィンドウの言語</translation>
    </message>
    <message>
        <source>Texts from &amp;AWS</source>
        <translation>AWS の文言(&amp;A)</translation>
    </message>
    <message>
        <source>Language of texts from AWS</source>
        <translation>AWS の文言の言語</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>In this language AWS is asked for names of services, severities and checks. What people write in cases stays as it is.</source>
        <translation>サービス、重要度、チェックの名前をこの言語で AWS に問い合わせます。ケースに書かれた文章はそのままです。</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>When accounts are refreshed</source>
        <translation>アカウントを更新するタイミング</translation>
    </message>
    <message>
        <source>&amp;Every</source>
        <translation>間隔(&amp;E)</translation>
    </message>
    <message>
        <source>Minutes between two refreshes</source>
        <translation>更新の間隔（分）</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>テンプレート</translation>
    </message>
    <message>
        <source>F&amp;older of templates for new cases</source>
        <translation>新規ケースのテンプレートのフォルダー(&amp;O)</translation>
    </message>
    <message>
        <source>Folder of templates for new cases</source>
        <translation>新規ケースのテンプレートのフォルダー</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>選択(&amp;H)…</translation>
    </message>
    <message>
        <source>Folder of Templates</source>
        <translation>テンプレートのフォルダー</translation>
    </message>
    <message>
        <source>General</source>
        <extracomment>A page of the settings</extracomment>
        <translation>全般</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>デスクトップに合わせる</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>ウィンドウに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>As needed</source>
        <translation>必要に応じて</translation>
    </message>
    <message>
        <source>Always at the same interval</source>
        <translation>常に同じ間隔で</translation>
    </message>
    <message>
        <source>Never by itself</source>
        <translation>自動では更新しない</translation>
    </message>
    <message>
        <source> min</source>
        <extracomment>Behind the number of minutes between two refreshes</extracomment>
        <translation> 分</translation>
    </message>
    <message>
        <source>All accounts are asked this often. After failures the pauses grow longer.</source>
        <translation>すべてのアカウントをこの間隔で確認します。失敗が続くと間隔が長くなります。</translation>
    </message>
    <message>
        <source>Accounts in which a case waits for AWS are asked this often, the others less. After failures the pauses grow longer.</source>
        <translation>AWS の回答を待つケースがあるアカウントをこの間隔で確認し、それ以外はより長い間隔で確認します。失敗が続くと間隔が長くなります。</translation>
    </message>
    <message>
        <source>There is no folder of this name. Choose one that is there; until then the last one holds.</source>
        <translation>この名前のフォルダーはありません。存在するフォルダーを選んでください。それまでは直前の設定が使われます。</translation>
    </message>
    <message>
        <source>Choose File › Refresh. Nothing is fetched by itself.</source>
        <translation>ファイル › 更新で更新します。自動では取得しません。</translation>
    </message>
    <message>
        <source>Press %1 to refresh. Nothing is fetched by itself.</source>
        <translation>%1 で更新します。自動では取得しません。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>文章の入力</translation>
    </message>
    <message>
        <source>Check the &amp;spelling of English texts</source>
        <translation>英文のスペルをチェックする(&amp;S)</translation>
    </message>
    <message>
        <source>This computer has no Hunspell with an English dictionary. On Debian install hunspell-en-us and libhunspell-1.7-0, then start Casement again.</source>
        <translation>このコンピューターには Hunspell または英語の辞書がありません。Debian では hunspell-en-us と libhunspell-1.7-0 をインストールし、Casement を起動し直してください。</translation>
    </message>
    <message>
        <source>In replies and new cases, words that the dictionary does not have are underlined; a right click on one shows what may be meant. Lines in Japanese, quotations, code and names are left alone.</source>
        <translation>返信と新規ケースで、辞書にない単語に下線を引きます。単語を右クリックすると候補が表示されます。日本語を含む行、引用、コード、名前は対象になりません。</translation>
    </message>
    <message>
        <source>As the desktop (%1)</source>
        <extracomment>The language of the window; %1 is the name of that language</extracomment>
        <translation>デスクトップに合わせる（%1）</translation>
    </message>
    <message>
        <source>This time the window is in %1, as the command line asked (--language). The next start without that, or a choice here, is what holds.</source>
        <extracomment>%1 is the name of a language</extracomment>
        <translation>今回はコマンドラインの指定（--language）により%1で表示しています。指定なしで次に起動したとき、またはここで選んだときは、この設定が使われます。</translation>
    </message>
</context>
<context>
    <name>casement::GoToDialog</name>
    <message>
        <source>Clear the Field</source>
        <translation>入力をクリア</translation>
    </message>
    <message>
        <source>Check of Trusted Advisor</source>
        <translation>Trusted Advisor のチェック</translation>
    </message>
    <message>
        <source>Go to Case or Check</source>
        <translation>ケースまたはチェックへ移動</translation>
    </message>
    <message>
        <source>&amp;ID, or words of a subject or a check</source>
        <translation>ID、または件名やチェック名の語句(&amp;I)</translation>
    </message>
    <message>
        <source>ID, or words of a subject or a check</source>
        <translation>ID、または件名やチェック名の語句</translation>
    </message>
    <message>
        <source>Cases and checks that fit</source>
        <translation>該当するケースとチェック</translation>
    </message>
    <message>
        <source>No case or check has this ID or these words. Enter searches all messages.</source>
        <translation>この ID または語句に該当するケースやチェックはありません。Enter キーですべてのメッセージを検索します。</translation>
    </message>
</context>
<context>
    <name>casement::GuideWindow</name>
    <message>
        <source>User Guide</source>
        <translation>ユーザーガイド</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>ユーザーガイド</translation>
    </message>
</context>
<context>
    <name>casement::HelpDialogs</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Everywhere else</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Read the case</source>
        <translation>ケースを読む</translation>
    </message>
    <message>
        <source>Page through the conversation</source>
        <translation>やり取りのページ送り</translation>
    </message>
    <message>
        <source>C&amp;hange…</source>
        <translation>変更(&amp;H)…</translation>
    </message>
    <message>
        <source>Opens Settings &gt; Keyboard</source>
        <translation>設定 › キーボードを開きます</translation>
    </message>
    <message>
        <source>First or last case, top or end of the conversation</source>
        <translation>最初または最後のケース、やり取りの先頭または末尾</translation>
    </message>
    <message>
        <source>Menu of what has the focus</source>
        <translation>フォーカスのある項目のメニュー</translation>
    </message>
    <message>
        <source>Next or previous page of the settings</source>
        <translation>設定の次または前のページ</translation>
    </message>
</context>
<context>
    <name>casement::ImportAccountsDialog</name>
    <message>
        <source>Import Accounts</source>
        <translation>アカウントのインポート</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>インポート元(&amp;F)</translation>
    </message>
    <message>
        <source>Import from</source>
        <translation>インポート元</translation>
    </message>
    <message>
        <source>All profiles of ~/.aws</source>
        <translation>~/.aws のすべてのプロファイル</translation>
    </message>
    <message>
        <source>A CSV file</source>
        <translation>CSV ファイル</translation>
    </message>
    <message>
        <source>An organization (AWS Organizations)</source>
        <translation>組織（AWS Organizations）</translation>
    </message>
    <message>
        <source>Every profile of ~/.aws becomes an account. Its keys stay where they are.</source>
        <translation>~/.aws の各プロファイルがアカウントになります。キーは今の場所に置かれたままです。</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV ファイル</translation>
    </message>
    <message>
        <source>Account whose keys assume the roles</source>
        <translation>ロールを引き受けるキーのアカウント</translation>
    </message>
    <message>
        <source>The first line names the columns: name and profile or role_arn; also external_id, region, endpoint_url and color.</source>
        <translation>1 行目は列名です：name と、profile または role_arn。ほかに external_id、region、endpoint_url、color。</translation>
    </message>
    <message>
        <source>Account that lists the organization</source>
        <translation>組織を一覧するアカウント</translation>
    </message>
    <message>
        <source>&amp;Role in each account</source>
        <translation>各アカウントのロール(&amp;R)</translation>
    </message>
    <message>
        <source>Role in each account</source>
        <translation>各アカウントのロール</translation>
    </message>
    <message>
        <source>E&amp;xternal ID</source>
        <translation>外部 ID(&amp;X)</translation>
    </message>
    <message>
        <source>External ID</source>
        <translation>外部 ID</translation>
    </message>
    <message>
        <source>If the role asks for one</source>
        <translation>ロールが求める場合</translation>
    </message>
    <message>
        <source>&amp;List Accounts</source>
        <translation>アカウントを一覧(&amp;L)</translation>
    </message>
    <message>
        <source>The management account and delegated administrators may list. The role is assumed with the keys of the account above.</source>
        <translation>一覧できるのは管理アカウントと委任管理者です。ロールは上のアカウントのキーで引き受けます。</translation>
    </message>
    <message>
        <source>Filter the accounts</source>
        <translation>アカウントを絞り込む</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>選択解除(&amp;N)</translation>
    </message>
    <message>
        <source>Accounts that can be added</source>
        <translation>追加できるアカウント</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Choose a CSV File</source>
        <translation>CSV ファイルの選択</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>There is no such file: %1</source>
        <translation>ファイルがありません：%1</translation>
    </message>
    <message>
        <source>This is no file: %1</source>
        <translation>ファイルではありません：%1</translation>
    </message>
    <message numerus="yes">
        <source>Listing… %n account(s) so far</source>
        <translation>
            <numerusform>一覧しています… これまでに %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>This account belongs to no organization. Choose another one.</source>
        <translation>このアカウントはどの組織にも属していません。別のアカウントを選択してください。</translation>
    </message>
    <message>
        <source>These keys may not list the organization. Choose the management account or a delegated administrator, with keys that “organizations:ListAccounts” is allowed for.</source>
        <translation>このキーでは組織を一覧できません。「organizations:ListAccounts」が許可されたキーを持つ管理アカウントまたは委任管理者を選択してください。</translation>
    </message>
    <message>
        <source>The organization has no accounts.</source>
        <translation>組織にアカウントがありません。</translation>
    </message>
    <message>
        <source>This file can&apos;t be read: %1</source>
        <translation>このファイルを読み込めません：%1</translation>
    </message>
    <message>
        <source>No profile was found in ~/.aws. “aws configure” makes one.</source>
        <translation>~/.aws にプロファイルがありません。「aws configure」で作れます。</translation>
    </message>
    <message>
        <source>Add the management account of the organization to the list first: its keys are needed here.</source>
        <translation>先に組織の管理アカウントを一覧に追加してください。ここではそのキーが必要です。</translation>
    </message>
    <message>
        <source>Profile “%1”</source>
        <translation>プロファイル「%1」</translation>
    </message>
    <message>
        <source>“%1” is taken</source>
        <translation>「%1」は使用済み</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>In the list as “%1”</source>
        <translation>「%1」として登録済み</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n chosen</source>
        <translation>
            <numerusform>%n 件中 %1 件を選択</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the list already</source>
        <translation>
            <numerusform>%n 件は登録済み</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Keys From</source>
        <translation>キーの取得元</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備考</translation>
    </message>
    <message>
        <source>The organization could not be listed.</source>
        <translation>組織のアカウントを一覧できませんでした。</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>ファイル(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>選択(&amp;C)…</translation>
    </message>
    <message>
        <source>Assume roles &amp;with</source>
        <translation>ロールの引き受け元(&amp;W)</translation>
    </message>
    <message>
        <source>As&amp;k with</source>
        <translation>問い合わせ元(&amp;K)</translation>
    </message>
    <message>
        <source>A&amp;dd Accounts</source>
        <translation>アカウントを追加(&amp;D)</translation>
    </message>
    <message numerus="yes">
        <source>A&amp;dd %n Account(s)</source>
        <translation>
            <numerusform>%n 件のアカウントを追加(&amp;D)</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop &amp;Listing</source>
        <translation>一覧を中止(&amp;L)</translation>
    </message>
</context>
<context>
    <name>casement::IntakeNotice</name>
    <message>
        <source>Close this notice</source>
        <translation>この通知を閉じる</translation>
    </message>
    <message>
        <source>Attach as &amp;ZIP</source>
        <translation>ZIP にして添付(&amp;Z)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are not attached</source>
        <translation>
            <numerusform>添付していないファイル：%Ln 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more…</source>
        <translation>
            <numerusform>ほか %Ln 個…</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all of them</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Split over Several &amp;ZIPs</source>
        <translation>複数の ZIP に分割(&amp;Z)</translation>
    </message>
    <message>
        <source>Send in E&amp;xtra Replies</source>
        <translation>続きの返信で送信(&amp;X)</translation>
    </message>
    <message>
        <source>Attach &amp;Just the Same</source>
        <translation>それでも添付(&amp;J)</translation>
    </message>
    <message>
        <source>Leave &amp;Behind</source>
        <translation>添付しない(&amp;B)</translation>
    </message>
    <message>
        <source>Files That Are Not Attached</source>
        <translation>添付していないファイル</translation>
    </message>
</context>
<context>
    <name>casement::JobModel</name>
    <message>
        <source>%1 of %2</source>
        <extracomment>Progress of a job: done of total</extracomment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Activity</source>
        <extracomment>Column: what a running job does</extracomment>
        <translation>処理</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <extracomment>Status bar: %1 is what the first job does</extracomment>
        <translation>
            <numerusform>%1、ほか %n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::KeyText</name>
    <message>
        <source>There is a space in it, which keys never have.</source>
        <translation>空白が入っています。キーに空白はありません。</translation>
    </message>
    <message>
        <source>There is a character in it that keys never have.</source>
        <translation>キーにはない文字が入っています。</translation>
    </message>
    <message>
        <source>Enter the access key ID.</source>
        <translation>アクセスキー ID を入力してください。</translation>
    </message>
    <message>
        <source>This looks like a secret access key. The access key ID begins with AKIA or ASIA.</source>
        <translation>シークレットアクセスキーのように見えます。アクセスキー ID は AKIA か ASIA で始まります。</translation>
    </message>
    <message>
        <source>Enter the secret access key.</source>
        <translation>シークレットアクセスキーを入力してください。</translation>
    </message>
    <message>
        <source>This looks like an access key ID. The secret access key is the longer one of the two.</source>
        <translation>アクセスキー ID のように見えます。シークレットアクセスキーは二つのうち長いほうです。</translation>
    </message>
    <message>
        <source>Keys that begin with ASIA are temporary and need their session token.</source>
        <translation>ASIA で始まるキーは一時的なもので、セッショントークンが必要です。</translation>
    </message>
</context>
<context>
    <name>casement::KeyboardPage</name>
    <message>
        <source>The keys of all commands. Choose one, go to its key field, and press the key that it should have. It holds at once, in all windows.</source>
        <translation>すべてのコマンドのキーです。コマンドを選び、キーの欄に移動して、割り当てるキーを押してください。すべてのウィンドウにすぐに反映されます。</translation>
    </message>
    <message>
        <source>Filter the commands</source>
        <translation>コマンドを絞り込む</translation>
    </message>
    <message>
        <source>Filter by command or key</source>
        <translation>コマンドまたはキーで絞り込み</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>コマンドとキー</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>キー(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Take Away</source>
        <translation>割り当てを外す(&amp;T)</translation>
    </message>
    <message>
        <source>The command has no key then</source>
        <translation>このコマンドにはキーがなくなります</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>リセット(&amp;R)</translation>
    </message>
    <message>
        <source>Give it the usual key again</source>
        <translation>標準のキーに戻します</translation>
    </message>
    <message>
        <source>Reset A&amp;ll</source>
        <translation>すべてリセット(&amp;L)</translation>
    </message>
    <message>
        <source>Give all commands their usual keys again</source>
        <translation>すべてのコマンドを標準のキーに戻します</translation>
    </message>
    <message>
        <source>Lea&amp;ve It There</source>
        <translation>変更しない(&amp;V)</translation>
    </message>
    <message>
        <source>All commands have their usual keys again.</source>
        <translation>すべてのコマンドを標準のキーに戻しました。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <extracomment>A page of the settings</extracomment>
        <translation>キーボード</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>標準のキー</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <extracomment>%1 is a command of the menus</extracomment>
        <translation>「%1」のキー</translation>
    </message>
    <message>
        <source>%1 is the key of “%2” now.</source>
        <translation>%1 は現在「%2」のキーです。</translation>
    </message>
    <message>
        <source>&amp;Use It Here</source>
        <translation>こちらで使う(&amp;U)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>casement::LeftDraftDialog</name>
    <message>
        <source>Reply to the case %1 of “%2”. Add the account to the list again to go on with it.</source>
        <translation>「%2」のケース %1 への返信です。続きを書くには、アカウントを一覧に追加し直してください。</translation>
    </message>
    <message>
        <source>Reply to the case %1 of “%2”, which is not in the list of cases at the moment. Once it is there again you can go on with it.</source>
        <translation>「%2」のケース %1 への返信です。このケースは現在ケースの一覧にありません。一覧に戻ると続きを書けます。</translation>
    </message>
    <message>
        <source>Copies to %1</source>
        <translation>CC: %1</translation>
    </message>
    <message>
        <source>Files: %1</source>
        <translation>ファイル：%1</translation>
    </message>
    <message>
        <source>Draft of a Reply</source>
        <translation>返信の下書き</translation>
    </message>
    <message>
        <source>Text of the draft</source>
        <translation>下書きの本文</translation>
    </message>
    <message>
        <source>&amp;Copy the Text</source>
        <translation>本文をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>casement::ListedAccountModel</name>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Keys</source>
        <extracomment>Column: where the keys of an account come from</extracomment>
        <translation>キー</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Asks before anything is sent from it.</source>
        <translation>送信の前に確認します。</translation>
    </message>
    <message>
        <source>Account ID</source>
        <extracomment>Column: the twelve digits of an account</extracomment>
        <translation>アカウント ID</translation>
    </message>
</context>
<context>
    <name>casement::LogWindow</name>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>&amp;Level</source>
        <translation>レベル(&amp;L)</translation>
    </message>
    <message>
        <source>Least level</source>
        <translation>最低レベル</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>ログの絞り込み</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Keys, tokens and names of home folders are left out: what stands here can be put into a report as it is.</source>
        <translation>キー、トークン、ホームフォルダーの名前は含まれません。表示されている内容はそのまま報告に使えます。</translation>
    </message>
    <message>
        <source>&amp;Copy All</source>
        <translation>すべてコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save As…</source>
        <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>閉じる(&amp;O)</translation>
    </message>
    <message>
        <source>Save the Log</source>
        <translation>ログの保存</translation>
    </message>
    <message>
        <source>Text (*.txt *.log)</source>
        <translation>テキスト (*.txt *.log)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>情報</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>エラー</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>The log is in %1.</source>
        <translation>ログを %1 に保存しました。</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
</context>
<context>
    <name>casement::MainWindow</name>
    <message>
        <source>Views and accounts</source>
        <translation>表示とアカウント</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Case</source>
        <translation>ケース(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>ツールバー</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Refresh &amp;All Accounts</source>
        <translation>すべてのアカウントを更新(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop Refreshing</source>
        <translation>更新を中止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>ウィンドウを閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Copy Case &amp;ID</source>
        <translation>ケース ID をコピー(&amp;I)</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Support Center</source>
        <translation>サポートセンターへのリンクをコピー(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Search Cases</source>
        <translation>ケースを検索(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Find in Conversation</source>
        <translation>やり取りの中を検索(&amp;F)</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>次を検索(&amp;N)</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>前を検索(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Case List</source>
        <translation>ケース一覧(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;English</source>
        <translation>&amp;English</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>拡大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>縮小(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Normal Size</source>
        <translation>標準の大きさ(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Wrap Code Lines</source>
        <translation>コードの行を折り返す(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation>列を初期状態に戻す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next Case</source>
        <translation>次のケース(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous Case</source>
        <translation>前のケース(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Back to the List</source>
        <translation>一覧に戻る(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Open in Support Center…</source>
        <translation>サポートセンターで開く(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Go to the Conversation</source>
        <translation>やり取りへ移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>キーボードショートカット(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Casement</source>
        <translation>Casement について(&amp;A)</translation>
    </message>
    <message>
        <source>Casement</source>
        <translation>Casement</translation>
    </message>
    <message>
        <source>Search cases</source>
        <translation>ケースを検索</translation>
    </message>
    <message>
        <source>Col&amp;umns</source>
        <translation>列(&amp;U)</translation>
    </message>
    <message>
        <source>Like the De&amp;sktop</source>
        <translation>デスクトップに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>&amp;New Case…</source>
        <translation>新規ケース(&amp;N)…</translation>
    </message>
    <message>
        <source>New Case</source>
        <translation>新規ケース</translation>
    </message>
    <message>
        <source>R&amp;eply</source>
        <translation>返信(&amp;E)</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Re&amp;solve…</source>
        <translation>解決(&amp;S)…</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>解決</translation>
    </message>
    <message>
        <source>&amp;Drafts</source>
        <translation>下書き(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Sort By</source>
        <translation>並べ替え(&amp;S)</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>エクスポート(&amp;X)…</translation>
    </message>
    <message>
        <source>Prin&amp;t…</source>
        <translation>印刷(&amp;T)…</translation>
    </message>
    <message>
        <source>Mar&amp;k All as Read</source>
        <translation>すべて既読にする(&amp;K)</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>設定(&amp;E)…</translation>
    </message>
    <message>
        <source>Clear the Search</source>
        <translation>検索をクリア</translation>
    </message>
    <message>
        <source>Attach &amp;Files…</source>
        <translation>ファイルを添付(&amp;F)…</translation>
    </message>
    <message>
        <source>Attac&amp;hments…</source>
        <translation>添付ファイル(&amp;H)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve Attachment…</source>
        <translation>添付ファイルを保存(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Trusted Advisor</source>
        <translation>Trusted Advisor(&amp;T)</translation>
    </message>
    <message>
        <source>Trusted &amp;Advisor</source>
        <translation>Trusted Advisor(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>概要(&amp;O)</translation>
    </message>
    <message>
        <source>All &amp;Checks</source>
        <translation>すべてのチェック(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Refresh Selected Checks</source>
        <translation>選択したチェックを更新(&amp;R)</translation>
    </message>
    <message>
        <source>Refresh &amp;All Checks</source>
        <translation>すべてのチェックを更新(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Hide Suppressed Resources</source>
        <translation>除外したリソースを隠す(&amp;H)</translation>
    </message>
    <message>
        <source>Open Ca&amp;se About the Resources…</source>
        <translation>リソースについてのケースを作成(&amp;S)…</translation>
    </message>
    <message>
        <source>Acco&amp;unts…</source>
        <translation>アカウント(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Group by Account</source>
        <translation>アカウントごとにまとめる(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;User Guide</source>
        <translation>ユーザーガイド(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>ログ(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Any Time</source>
        <translation>すべての期間(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>今日(&amp;T)</translation>
    </message>
    <message>
        <source>Last &amp;7 Days</source>
        <translation>過去 7 日間(&amp;7)</translation>
    </message>
    <message>
        <source>Last &amp;30 Days</source>
        <translation>過去 30 日間(&amp;3)</translation>
    </message>
    <message>
        <source>&amp;More Than 30 Days Ago</source>
        <translation>30 日より前(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Created in the Last 7 Days</source>
        <translation>過去 7 日間に作成(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;reated in the Last 30 Days</source>
        <translation>過去 30 日間に作成(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Other Dates…</source>
        <translation>ほかの日付(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Quote in Reply</source>
        <translation>返信に引用(&amp;Q)</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Markdown としてコピー(&amp;M)</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>JSON としてコピー(&amp;J)</translation>
    </message>
    <message>
        <source>Report a &amp;Problem…</source>
        <translation>問題を報告(&amp;P)…</translation>
    </message>
    <message>
        <source>Type to filter the list, by dates as after:7d too. Enter searches all messages.</source>
        <translation>入力すると一覧を絞り込みます。after:7d のように日付でも絞り込めます。Enter ですべてのメッセージを検索します。</translation>
    </message>
    <message>
        <source>Filter &amp;by Date</source>
        <translation>日付で絞り込み(&amp;B)</translation>
    </message>
    <message>
        <source>Newest &amp;Message First</source>
        <translation>新しいメッセージを先頭に表示(&amp;M)</translation>
    </message>
    <message>
        <source>Go to &amp;Case or Check…</source>
        <translation>ケースまたはチェックへ移動(&amp;C)…</translation>
    </message>
    <message>
        <source>Recent&amp;ly Read</source>
        <translation>最近読んだケース(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Pause Automatic Refresh</source>
        <translation>自動更新を一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>%1 Until then it can only be read: nothing is fetched or sent, and what you write stays in the window.</source>
        <extracomment>%1 says why nothing can be written into the archive</extracomment>
        <translation>%1それまでは読み取りだけができます。取得も送信も行われず、書いた内容はウィンドウに残ります。</translation>
    </message>
    <message>
        <source>%1 Until then what is fetched is gone when Casement ends, nothing is sent, and what you write stays in the window.</source>
        <extracomment>%1 says why the archive can&apos;t be used</extracomment>
        <translation>%1それまでは、取得した内容は Casement の終了時に失われ、送信は行われず、書いた内容はウィンドウに残ります。</translation>
    </message>
    <message>
        <source>Demo — Casement</source>
        <translation>デモ — Casement</translation>
    </message>
    <message>
        <source>(%1) %2</source>
        <comment>title</comment>
        <extracomment>Title of the window; %1 is a number of cases with unread answers, %2 the title without it</extracomment>
        <translation>(%1) %2</translation>
    </message>
    <message>
        <source>Next Pan&amp;e</source>
        <translation>次の領域へ移動(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Previous Pane</source>
        <translation>前の領域へ移動(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Draft</source>
        <translation>下書き(&amp;D)</translation>
    </message>
    <message>
        <source>Acti&amp;vity</source>
        <translation>処理状況(&amp;V)</translation>
    </message>
</context>
<context>
    <name>casement::MessageFolds</name>
    <message numerus="yes">
        <source>Hide quoted text, %Ln line(s)</source>
        <translation>
            <numerusform>引用文を隠す（%Ln 行）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show quoted text, %Ln line(s)</source>
        <translation>
            <numerusform>引用文を表示（%Ln 行）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hide footer, %Ln line(s)</source>
        <translation>
            <numerusform>フッターを隠す（%Ln 行）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show footer, %Ln line(s)</source>
        <translation>
            <numerusform>フッターを表示（%Ln 行）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::MessageLimits</name>
    <message numerus="yes">
        <source>%Ln character(s) over AWS&apos;s limit of 8,000.</source>
        <translation>
            <numerusform>AWS の上限 8,000 文字を %Ln 文字超えています。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not an e-mail address.</source>
        <translation>「%1」はメールアドレスではありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln CC address(es); AWS takes at most 10.</source>
        <translation>
            <numerusform>CC が %Ln 件あります。AWS が受け付けるのは 10 件までです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a service.</source>
        <translation>サービスを選んでください。</translation>
    </message>
    <message>
        <source>Choose a category.</source>
        <translation>カテゴリーを選んでください。</translation>
    </message>
    <message>
        <source>Choose a severity.</source>
        <translation>重要度を選んでください。</translation>
    </message>
    <message>
        <source>Write a subject.</source>
        <translation>件名を入力してください。</translation>
    </message>
    <message>
        <source>Describe what is wrong.</source>
        <translation>問題の内容を入力してください。</translation>
    </message>
    <message>
        <source>%1 over</source>
        <translation>%1 文字超過</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>残り %1 文字</translation>
    </message>
</context>
<context>
    <name>casement::MessageQuote</name>
    <message>
        <source>AWS Support</source>
        <translation>AWS Support</translation>
    </message>
    <message>
        <source>On %1, %2 wrote:</source>
        <extracomment>The line above what is quoted in a reply; %1 is a date with time, %2 who wrote it</extracomment>
        <translation>%1、%2 が書きました：</translation>
    </message>
</context>
<context>
    <name>casement::MessageWriter</name>
    <message>
        <source>AWS Support</source>
        <translation>AWS Support</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>送信者不明</translation>
    </message>
    <message>
        <source>New</source>
        <extracomment>Mark of a message that was not read before</extracomment>
        <translation>新着</translation>
    </message>
    <message>
        <source>Attachment without a name</source>
        <translation>名前のない添付ファイル</translation>
    </message>
</context>
<context>
    <name>casement::MfaDialog</name>
    <message>
        <source>MFA Code</source>
        <translation>MFA コード</translation>
    </message>
    <message>
        <source>Six-digit &amp;code</source>
        <translation>6 桁のコード(&amp;C)</translation>
    </message>
    <message>
        <source>MFA code</source>
        <translation>MFA コード</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>AWS asks for a code before it gives out keys of “%1”. Enter the one that this MFA device shows now.</source>
        <translation>「%1」のキーを取得するには、AWS がコードを求めています。この MFA デバイスに今表示されているコードを入力してください。</translation>
    </message>
    <message>
        <source>The last code was not accepted: %1 Wait for the next one.</source>
        <translation>前のコードは受け付けられませんでした：%1 次のコードを待ってください。</translation>
    </message>
    <message>
        <source>A code is six digits.</source>
        <translation>コードは 6 桁の数字です。</translation>
    </message>
    <message>
        <source>&amp;Send Code</source>
        <translation>コードを送信(&amp;S)</translation>
    </message>
    <message>
        <source>MFA device: %1</source>
        <translation>MFA デバイス：%1</translation>
    </message>
</context>
<context>
    <name>casement::MoveArchiveJob</name>
    <message>
        <source>Moving the archive</source>
        <translation>アーカイブを移動しています</translation>
    </message>
</context>
<context>
    <name>casement::Names</name>
    <message>
        <source>Unassigned</source>
        <translation>未割り当て</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>オープン</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>再オープン</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>解決済み</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>オープン中</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>致命的</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>緊急</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>通常</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>CRIT</source>
        <translation>致命</translation>
    </message>
    <message>
        <source>URG</source>
        <translation>緊急</translation>
    </message>
    <message>
        <source>HIGH</source>
        <translation>高</translation>
    </message>
    <message>
        <source>NORM</source>
        <translation>通常</translation>
    </message>
    <message>
        <source>LOW</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Cost optimization</source>
        <translation>コスト最適化</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>パフォーマンス</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>セキュリティ</translation>
    </message>
    <message>
        <source>Fault tolerance</source>
        <translation>耐障害性</translation>
    </message>
    <message>
        <source>Service limits</source>
        <translation>サービスの制限</translation>
    </message>
    <message>
        <source>Operational excellence</source>
        <translation>運用上の優秀性</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中国語</translation>
    </message>
    <message>
        <source>Chinese (traditional)</source>
        <translation>中国語（繁体字）</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英語</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日本語</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韓国語</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>スペイン語</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>ポルトガル語</translation>
    </message>
    <message>
        <source>Portuguese (Brazil)</source>
        <translation>ポルトガル語（ブラジル）</translation>
    </message>
    <message>
        <source>French</source>
        <translation>フランス語</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>トルコ語</translation>
    </message>
    <message>
        <source>German</source>
        <translation>ドイツ語</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>インドネシア語</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>イタリア語</translation>
    </message>
    <message>
        <source>General guidance</source>
        <translation>一般的なガイダンス</translation>
    </message>
    <message>
        <source>Instance issue</source>
        <translation>インスタンスの問題</translation>
    </message>
    <message>
        <source>Networking</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Connectivity</source>
        <translation>接続</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>アクセス拒否</translation>
    </message>
    <message>
        <source>Backup and restore</source>
        <translation>バックアップと復元</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>レイテンシー</translation>
    </message>
    <message>
        <source>5xx errors</source>
        <translation>5xx エラー</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Throttling</source>
        <translation>スロットリング</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>デプロイ</translation>
    </message>
    <message>
        <source>Using AWS</source>
        <translation>AWS の利用</translation>
    </message>
    <message>
        <source>Feature request</source>
        <translation>機能リクエスト</translation>
    </message>
    <message>
        <source>General account question</source>
        <translation>アカウントに関する質問</translation>
    </message>
    <message>
        <source>General billing question</source>
        <translation>請求に関する質問</translation>
    </message>
    <message>
        <source>Dispute a charge</source>
        <translation>請求への異議</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>General info and getting started</source>
        <translation>全般とはじめに</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Account management</source>
        <translation>アカウント管理</translation>
    </message>
    <message>
        <source>Billing</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>AWS Marketplace billing</source>
        <translation>AWS Marketplace の請求</translation>
    </message>
    <message>
        <source>Service limit increase</source>
        <translation>サービス制限の緩和</translation>
    </message>
    <message>
        <source>Yours</source>
        <extracomment>Whose turn it is to answer: the person&apos;s own</extracomment>
        <translation>自分</translation>
    </message>
    <message>
        <source>AWS</source>
        <extracomment>Whose turn it is to answer</extracomment>
        <translation>AWS</translation>
    </message>
    <message>
        <source>Yours for %1</source>
        <extracomment>The case waits for the person&apos;s answer since a span of time: &quot;Yours for 2 h&quot;</extracomment>
        <translation>自分の番（%1）</translation>
    </message>
    <message>
        <source>AWS for %1</source>
        <extracomment>The case waits for AWS&apos;s answer since a span of time: &quot;AWS for 1 d&quot;</extracomment>
        <translation>AWS の番（%1）</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>対応中</translation>
    </message>
    <message>
        <source>With Amazon</source>
        <translation>Amazon 対応待ち</translation>
    </message>
    <message>
        <source>Action recommended</source>
        <translation>要対応</translation>
    </message>
    <message>
        <source>Investigate</source>
        <translation>要調査</translation>
    </message>
    <message>
        <source>No problem</source>
        <extracomment>A check of Trusted Advisor found nothing</extracomment>
        <translation>問題なし</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>利用不可</translation>
    </message>
    <message>
        <source>Without a category</source>
        <extracomment>In the place of the category of a check of Trusted Advisor that has none</extracomment>
        <translation>カテゴリーなし</translation>
    </message>
    <message>
        <source>Needs reply</source>
        <translation>要返信</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>返信済み</translation>
    </message>
</context>
<context>
    <name>casement::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>プロキシ(&amp;P)</translation>
    </message>
    <message>
        <source>Ho&amp;st</source>
        <translation>ホスト(&amp;S)</translation>
    </message>
    <message>
        <source>Host of the proxy</source>
        <translation>プロキシのホスト</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>ポート(&amp;O)</translation>
    </message>
    <message>
        <source>Port of the proxy</source>
        <translation>プロキシのポート</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>証明書</translation>
    </message>
    <message>
        <source>C&amp;A file (PEM)</source>
        <translation>CA ファイル（PEM）(&amp;A)</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA ファイル</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>選択(&amp;H)…</translation>
    </message>
    <message>
        <source>Its certificates are trusted in place of the system’s, as where a company looks into encrypted connections. Leave it empty otherwise.</source>
        <translation>システムの証明書の代わりに、このファイルの証明書を信頼します。社内で暗号化通信が検査される環境などで使います。それ以外では空のままにしてください。</translation>
    </message>
    <message>
        <source>All connections of the window follow at once. casement-cli takes proxy and CA file from the environment.</source>
        <translation>ウィンドウのすべての接続にすぐに反映されます。casement-cli はプロキシと CA ファイルを環境変数から読み取ります。</translation>
    </message>
    <message>
        <source>CA File</source>
        <translation>CA ファイル</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>証明書 (*.pem *.crt *.cer);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Network</source>
        <extracomment>A page of the settings</extracomment>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>As the environment says</source>
        <translation>環境変数に従う</translation>
    </message>
    <message>
        <source>HTTP proxy</source>
        <translation>HTTP プロキシ</translation>
    </message>
    <message>
        <source>SOCKS 5 proxy</source>
        <translation>SOCKS 5 プロキシ</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>プロキシを使わない</translation>
    </message>
    <message>
        <source>Enter the proxy’s host. Until then the last choice holds.</source>
        <translation>プロキシのホストを入力してください。それまでは直前の設定が使われます。</translation>
    </message>
    <message>
        <source>Leave name and password out: they belong into HTTPS_PROXY, beside the same host and port.</source>
        <translation>名前とパスワードは入力しないでください。同じホストとポートとともに環境変数 HTTPS_PROXY に設定します。</translation>
    </message>
    <message>
        <source>This is no name of a host. Enter it without port and path; until then the last choice holds.</source>
        <translation>ホスト名ではありません。ポートやパスを付けずに入力してください。それまでは直前の設定が使われます。</translation>
    </message>
    <message>
        <source>There is no file of this name. Until there is, the last choice holds.</source>
        <translation>この名前のファイルはありません。それまでは直前の設定が使われます。</translation>
    </message>
    <message>
        <source>This file holds no certificate. Choose one in PEM format, which begins with -----BEGIN CERTIFICATE-----.</source>
        <translation>このファイルには証明書がありません。-----BEGIN CERTIFICATE----- で始まる PEM 形式のファイルを選んでください。</translation>
    </message>
    <message>
        <source>HTTPS_PROXY names none at present, so AWS is reached directly.</source>
        <translation>現在 HTTPS_PROXY は設定されていないため、AWS に直接接続します。</translation>
    </message>
    <message>
        <source>HTTPS_PROXY names %1 at present.</source>
        <translation>現在 HTTPS_PROXY には %1 が設定されています。</translation>
    </message>
    <message>
        <source>No password is kept here. Where the proxy wants one, put it into HTTPS_PROXY with the same host and port; addresses in NO_PROXY are reached directly.</source>
        <translation>パスワードはここに保存されません。プロキシが必要とする場合は、同じホストとポートとともに HTTPS_PROXY に設定してください。NO_PROXY の宛先には直接接続します。</translation>
    </message>
    <message>
        <source>AWS is reached directly, whatever the environment says.</source>
        <translation>環境変数にかかわらず、AWS に直接接続します。</translation>
    </message>
    <message>
        <source>This file can&apos;t be read. Change its permissions, or choose another one.</source>
        <translation>このファイルは読み取れません。アクセス権を変えるか、別のファイルを選んでください。</translation>
    </message>
</context>
<context>
    <name>casement::NewAccountsDialog</name>
    <message>
        <source>&amp;Leave Out</source>
        <translation>追加しない(&amp;L)</translation>
    </message>
    <message>
        <source>Testing Accounts</source>
        <translation>アカウントのテスト</translation>
    </message>
    <message>
        <source>Waits for its test</source>
        <translation>テスト待ち</translation>
    </message>
    <message>
        <source>Accounts to add</source>
        <translation>追加するアカウント</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Being tested…</source>
        <translation>テスト中…</translation>
    </message>
    <message>
        <source>Add &amp;Anyway</source>
        <translation>そのまま追加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add Without Testing</source>
        <translation>テストせずに追加(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) are tested before they are added; %1 done.</source>
        <extracomment>%1: so many are tested</extracomment>
        <translation>
            <numerusform>追加する前にアカウント %n 件をテストしています（%1 件完了）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) work and were added.</source>
        <translation>
            <numerusform>%n 件のアカウントは使用できるため、追加しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop &amp;Waiting</source>
        <translation>待つのをやめる(&amp;W)</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>未テスト</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>account</comment>
        <extracomment>The name of an account, and what its test said</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n account(s) were not added; the list says why. Add them all the same, or leave them out?</source>
        <extracomment>%1: &quot;3 accounts work and were added.&quot;</extracomment>
        <translation>
            <numerusform>%1 %n 件のアカウントは、一覧に示した理由で追加していません。そのまま追加しますか、それとも追加せずにおきますか?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) were not added; the list says why. They can be added all the same; their cases come once that is put right.</source>
        <translation>
            <numerusform>%n 件のアカウントは、一覧に示した理由で追加していません。このままでも追加できます。問題が直れば、ケースが表示されます。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::NewCaseWindow</name>
    <message>
        <source>This case is a rehearsal: its template says dryRun. It can be checked, and is not opened until you say so.</source>
        <translation>このケースはリハーサルです（テンプレートに dryRun の指定があります）。確認はできますが、指定を解除するまで作成されません。</translation>
    </message>
    <message>
        <source>Make It &amp;Real</source>
        <translation>本番にする(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>アカウント(&amp;A)</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>種類(&amp;T)</translation>
    </message>
    <message>
        <source>Type of the case</source>
        <translation>ケースの種類</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>サービス(&amp;S)</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Type to find a service</source>
        <translation>入力してサービスを検索</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Se&amp;verity</source>
        <translation>重要度(&amp;V)</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>重要度</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Language of the case</source>
        <translation>ケースの言語</translation>
    </message>
    <message>
        <source>CC addresses</source>
        <translation>CC アドレス</translation>
    </message>
    <message>
        <source>Up to 10, separated by commas</source>
        <translation>最大 10 件、コンマ区切り</translation>
    </message>
    <message>
        <source>S&amp;ubject</source>
        <translation>件名(&amp;U)</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>説明(&amp;D)</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Te&amp;mplate</source>
        <translation>テンプレート(&amp;M)</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>確認(&amp;K)</translation>
    </message>
    <message>
        <source>Ask AWS whether it would accept this case, without opening it</source>
        <translation>作成せずに、AWS がこのケースを受け付けるかどうかを問い合わせます</translation>
    </message>
    <message>
        <source>&amp;Create Case</source>
        <translation>ケースを作成(&amp;C)</translation>
    </message>
    <message>
        <source>%1 (AWS aims to answer within %2)</source>
        <translation>%1（初回回答の目標：%2以内）</translation>
    </message>
    <message>
        <source>There is no account to open a case in.</source>
        <translation>ケースを作成するアカウントがありません。</translation>
    </message>
    <message>
        <source>This account is not connected. What you write is kept as a draft.</source>
        <translation>このアカウントには接続していません。入力した内容は下書きとして保存されます。</translation>
    </message>
    <message>
        <source>Choose a service from the list.</source>
        <translation>一覧からサービスを選んでください。</translation>
    </message>
    <message>
        <source>AWS may refuse a subject this long.</source>
        <translation>件名が長いため、AWS が受け付けない可能性があります。</translation>
    </message>
    <message>
        <source>AWS says: %1</source>
        <translation>AWS の応答：%1</translation>
    </message>
    <message>
        <source>A rehearsal is not opened.</source>
        <translation>リハーサルは作成されません。</translation>
    </message>
    <message>
        <source>Asking AWS…</source>
        <translation>AWS に問い合わせています…</translation>
    </message>
    <message>
        <source>AWS would accept this case.</source>
        <translation>AWS はこのケースを受け付けます。</translation>
    </message>
    <message>
        <source>New Case</source>
        <translation>新規ケース</translation>
    </message>
    <message>
        <source>Technical</source>
        <translation>技術</translation>
    </message>
    <message>
        <source>Account and billing</source>
        <translation>アカウントと請求</translation>
    </message>
    <message>
        <source>This template is one of a reply, not of a new case: choose another file.</source>
        <translation>このテンプレートは返信用です。新規ケース用の別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>CC addr&amp;esses</source>
        <translation>CC アドレス(&amp;E)</translation>
    </message>
    <message>
        <source>Attac&amp;h</source>
        <translation>添付(&amp;H)</translation>
    </message>
    <message>
        <source>Open the case at AWS</source>
        <translation>AWS でケースを作成</translation>
    </message>
    <message>
        <source>This service has no categories</source>
        <translation>このサービスにはカテゴリーがありません</translation>
    </message>
    <message>
        <source>Categor&amp;y</source>
        <translation>カテゴリー(&amp;Y)</translation>
    </message>
    <message>
        <source>“%1” is not among the accounts of this window. Choose another account for the case.</source>
        <translation>「%1」はこのウィンドウのアカウントにありません。ケースを作成するアカウントを選び直してください。</translation>
    </message>
    <message>
        <source>“%1” was removed from the list, and its data deleted.</source>
        <translation>「%1」は一覧から削除され、データも削除されました。</translation>
    </message>
    <message>
        <source>What you wrote is kept in this window: choose another account for it, or copy it.</source>
        <translation>書いた内容はこのウィンドウに残っています。別のアカウントを選ぶか、コピーしてください。</translation>
    </message>
    <message>
        <source>The data of “%1” was deleted, and this draft with it.</source>
        <translation>「%1」のデータが削除され、この下書きも一緒に削除されました。</translation>
    </message>
    <message>
        <source>What you wrote is kept in this window.</source>
        <translation>書いた内容はこのウィンドウに残っています。</translation>
    </message>
    <message>
        <source>Its files have to be chosen again.</source>
        <translation>添付ファイルは選び直してください。</translation>
    </message>
    <message>
        <source>Whether AWS opened this case is not known: look there before you send it again.</source>
        <translation>このケースが AWS で作成されたかどうかは分かりません。送り直す前に AWS で確認してください。</translation>
    </message>
</context>
<context>
    <name>casement::NotificationsPage</name>
    <message>
        <source>On the desktop</source>
        <translation>デスクトップ</translation>
    </message>
    <message>
        <source>&amp;Tell me when AWS answers</source>
        <translation>AWS から回答があったら通知する(&amp;T)</translation>
    </message>
    <message>
        <source>Show the &amp;beginning of the answer, too</source>
        <translation>回答の冒頭も表示する(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Quiet hours</source>
        <translation>通知しない時間帯を設ける(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>開始(&amp;F)</translation>
    </message>
    <message>
        <source>t&amp;o</source>
        <translation>終了(&amp;O)</translation>
    </message>
    <message>
        <source>Notification area</source>
        <translation>通知領域</translation>
    </message>
    <message>
        <source>Show an &amp;icon</source>
        <translation>アイコンを表示する(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Keep running there when the window is closed</source>
        <translation>ウィンドウを閉じても通知領域で動作を続ける(&amp;K)</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>The icon shows how many cases have answers that nobody has read. Quit in the File menu ends Casement.</source>
        <translation>アイコンには、未読の回答があるケースの数が表示されます。Casement を終了するには、ファイルメニューの「終了」を選んでください。</translation>
    </message>
    <message>
        <source>This desktop has no notification area, so there is no icon, and closing the window ends Casement.</source>
        <translation>このデスクトップには通知領域がないため、アイコンは表示されません。ウィンドウを閉じると Casement は終了します。</translation>
    </message>
    <message>
        <source>On the days on which they begin. What comes meanwhile is told once, afterwards.</source>
        <translation>曜日は、その時間帯が始まる日を指します。その間に届いた回答は、終わったあとにまとめて一度だけお知らせします。</translation>
    </message>
    <message>
        <source>Choose at least one day. Until then the last choice holds.</source>
        <translation>曜日を 1 つ以上選んでください。それまでは、直前の設定が有効です。</translation>
    </message>
</context>
<context>
    <name>casement::OrganizationJob</name>
    <message>
        <source>Listing the accounts of the organization</source>
        <translation>組織のアカウントを一覧しています</translation>
    </message>
</context>
<context>
    <name>casement::OutboxModel</name>
    <message>
        <source>State</source>
        <extracomment>Column: how far a draft or a message on its way is</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Kind</source>
        <extracomment>Column: new case, reply or resolution</extracomment>
        <translation>種類</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Text</source>
        <extracomment>Column: the first line of a message</extracomment>
        <translation>本文</translation>
    </message>
    <message>
        <source>Changed</source>
        <extracomment>Column: when a draft or a message on its way last changed</extracomment>
        <translation>変更</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>新規ケース</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Resolve</source>
        <extracomment>What a change does: it resolves a case</extracomment>
        <translation>解決</translation>
    </message>
    <message>
        <source>No subject yet</source>
        <translation>件名未入力</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>State of a message: AWS refused it, and it is a draft again</extracomment>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>Draft</source>
        <extracomment>State of a message: it is being written</extracomment>
        <translation>下書き</translation>
    </message>
    <message>
        <source>Sending…</source>
        <extracomment>State of a message: the program looks whether it arrived</extracomment>
        <translation>送信中…</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>Unknown: it may have arrived</source>
        <translation>不明：届いている可能性があります</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Not found: send again?</source>
        <translation>見つかりません：再送信しますか？</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>State of a message: it arrived</extracomment>
        <translation>完了</translation>
    </message>
    <message>
        <source>%1: %2, %3, %4, %5</source>
        <extracomment>What a screen reader says of an entry: %1 is its kind (&quot;Reply&quot;), %2 a subject, %3 an account, %4 its state, %5 when it changed (&quot;2 h ago&quot;)</extracomment>
        <translation>%1：%2、%3、%4、%5</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>ファイル %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Follow-up</source>
        <extracomment>A reply that carries files for which a message had no room</extracomment>
        <translation>続きの返信</translation>
    </message>
    <message>
        <source>Follows a draft</source>
        <extracomment>State of a reply that is sent by itself after another message, which is still written</extracomment>
        <translation>下書きの後に送信</translation>
    </message>
    <message>
        <source>Waits: message refused</source>
        <extracomment>State of a reply that is sent by itself after another message, which AWS refused</extracomment>
        <translation>待機中：元のメッセージが拒否されました</translation>
    </message>
    <message>
        <source>Waits for its message</source>
        <extracomment>State of a reply that is sent by itself after another message, which is on its way</extracomment>
        <translation>元のメッセージの送信待ち</translation>
    </message>
    <message>
        <source>Waits: message not found</source>
        <extracomment>State of a reply that is sent by itself after another message, which did not arrive so far</extracomment>
        <translation>待機中：元のメッセージが見つかりません</translation>
    </message>
    <message>
        <source>Message deleted: send?</source>
        <extracomment>State of a reply that was to be sent by itself after another message, which is no more</extracomment>
        <translation>元のメッセージは削除済み：送信しますか？</translation>
    </message>
</context>
<context>
    <name>casement::OutboxText</name>
    <message>
        <source>Nothing was changed at AWS. Your text is kept.</source>
        <translation>AWS では何も変更されていません。入力した内容は残っています。</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>送信中…</translation>
    </message>
    <message>
        <source>It did not arrive. Casement sends it by itself as soon as that works.</source>
        <translation>届いていません。送信できるようになり次第、Casement が自動で送信します。</translation>
    </message>
    <message>
        <source>It is not known whether it arrived, and AWS could not be asked. Casement looks again by itself, and never sends it twice.</source>
        <translation>届いたかどうか不明で、AWS に確認できませんでした。Casement が自動でもう一度確認します。二重に送信することはありません。</translation>
    </message>
    <message>
        <source>Looking whether it arrived…</source>
        <translation>届いているかどうかを確認しています…</translation>
    </message>
    <message>
        <source>No such case is in the account so far. If you send it again and AWS is only slow, there will be two cases.</source>
        <translation>今のところ、アカウントにこのケースは見つかりません。AWS の処理が遅れているだけの場合、再送信するとケースが 2 件になります。</translation>
    </message>
    <message>
        <source>The case is not resolved so far. Resolve it again if it should be.</source>
        <translation>今のところ、ケースは解決済みになっていません。解決済みにする場合は、もう一度実行してください。</translation>
    </message>
    <message>
        <source>The reply is not in the case so far. If you send it again and AWS is only slow, it will be there twice.</source>
        <translation>今のところ、ケースにこの返信は見つかりません。AWS の処理が遅れているだけの場合、再送信すると返信が 2 件になります。</translation>
    </message>
    <message>
        <source>The case was opened.</source>
        <translation>ケースを作成しました。</translation>
    </message>
    <message>
        <source>The case is resolved.</source>
        <translation>ケースは解決済みです。</translation>
    </message>
    <message>
        <source>The reply was sent.</source>
        <translation>返信を送信しました。</translation>
    </message>
    <message numerus="yes">
        <source>Uploading %Ln file(s)…, then it is sent.</source>
        <translation>
            <numerusform>%Ln 件のファイルをアップロードしています…。終わりしだい送信します。</numerusform>
        </translation>
    </message>
    <message>
        <source>The new case that it was to follow was deleted. Attach its files to another message, or delete it.</source>
        <translation>この返信が続くはずだった新規ケースは削除されました。ファイルを別のメッセージに添付するか、この返信を削除してください。</translation>
    </message>
    <message>
        <source>The message that it was to follow was deleted. Send it now, or delete it.</source>
        <translation>この返信が続くはずだったメッセージは削除されました。今すぐ送信するか、削除してください。</translation>
    </message>
    <message>
        <source>It carries files for which its message has no room, and is sent by itself after that.</source>
        <translation>メッセージに入りきらないファイルを運ぶ返信です。メッセージの後に自動的に送信されます。</translation>
    </message>
    <message>
        <source>The message that it follows was not taken. It is sent by itself once that one is.</source>
        <translation>元のメッセージは受け付けられませんでした。元のメッセージが受け付けられると自動的に送信されます。</translation>
    </message>
    <message>
        <source>It is not known whether the message that it follows arrived. Decide about that one first.</source>
        <translation>元のメッセージが届いたかどうか分かりません。先にそちらをどうするか決めてください。</translation>
    </message>
    <message>
        <source>It is sent by itself as soon as the message that it follows has arrived.</source>
        <translation>元のメッセージが届き次第、自動的に送信されます。</translation>
    </message>
    <message>
        <source>A case with the same text was opened a moment before this was sent, and may be somebody else&apos;s. Look at it before you send this again.</source>
        <translation>同じ文面のケースがこの送信の直前に作成されています。ほかの人のものかもしれません。再送信する前に、そのケースを確認してください。</translation>
    </message>
    <message>
        <source>A reply with the same text came a moment before this was sent, and may be somebody else&apos;s. Look at it before you send this again.</source>
        <translation>同じ文面の返信がこの送信の直前に届いています。ほかの人のものかもしれません。再送信する前に、その返信を確認してください。</translation>
    </message>
    <message>
        <source>AWS gave no clear answer. Looking whether it arrived…</source>
        <translation>AWS から明確な応答がありません。届いているかどうかを確認しています…</translation>
    </message>
    <message>
        <source>What you wrote is not stored yet: Casement tries again by itself, and asks before it ends.</source>
        <translation>入力した内容はまだ保存されていません。Casement が自動でもう一度保存を試み、終了する前に確認します。</translation>
    </message>
    <message>
        <source>It was not sent. What you wrote is not stored yet, either: Casement tries that again by itself, and asks before it ends.</source>
        <translation>送信されていません。入力した内容もまだ保存されていません。Casement が自動でもう一度保存を試み、終了する前に確認します。</translation>
    </message>
</context>
<context>
    <name>casement::OwnPattern</name>
    <message>
        <source>An empty pattern is not used.</source>
        <translation>空のパターンは使用されません。</translation>
    </message>
    <message numerus="yes">
        <source>The pattern “%1” is not used: it is longer than %n character(s).</source>
        <translation>
            <numerusform>パターン「%1」は使用されません。%n 文字を超えています。</numerusform>
        </translation>
    </message>
    <message>
        <source>The pattern “%1” is not used: \C is not supported.</source>
        <translation>パターン「%1」は使用されません。\C には対応していません。</translation>
    </message>
    <message>
        <source>The pattern “%1” is not used: it can&apos;t be read at character %2 (%3).</source>
        <extracomment>%1 is a regular expression, %2 a position in it, %3 what the library says of it</extracomment>
        <translation>パターン「%1」は使用されません。%2 文字目を解釈できません（%3）。</translation>
    </message>
    <message>
        <source>The pattern “%1” was given up because it takes too long in this text.</source>
        <translation>パターン「%1」はこのテキストでは時間がかかりすぎるため、中止しました。</translation>
    </message>
</context>
<context>
    <name>casement::PdfFile</name>
    <message numerus="yes">
        <source>Exporting %n case(s)</source>
        <translation>
            <numerusform>%n 件のケースをエクスポート中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::PendingNotice</name>
    <message>
        <source>Check A&amp;gain</source>
        <translation>再確認(&amp;G)</translation>
    </message>
    <message>
        <source>Send &amp;Now</source>
        <translation>今すぐ送信(&amp;N)</translation>
    </message>
    <message>
        <source>Send Agai&amp;n</source>
        <translation>再送信(&amp;N)</translation>
    </message>
    <message>
        <source>Kee&amp;p as Draft</source>
        <translation>下書きとして保存(&amp;P)</translation>
    </message>
    <message>
        <source>Deta&amp;ils</source>
        <translation>詳細(&amp;I)</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>コピー(&amp;O)</translation>
    </message>
    <message>
        <source>Copy the Details</source>
        <translation>詳細をコピー</translation>
    </message>
</context>
<context>
    <name>casement::PermissionCheckJob</name>
    <message>
        <source>Checking the permissions of %1</source>
        <translation>%1 の権限を確認しています</translation>
    </message>
</context>
<context>
    <name>casement::PrintTarget</name>
    <message numerus="yes">
        <source>Printing %Ln case(s)</source>
        <translation>
            <numerusform>%Ln 件のケースを印刷中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ProblemReport</name>
    <message>
        <source>(nothing was written)</source>
        <translation>（記入なし）</translation>
    </message>
</context>
<context>
    <name>casement::ProfileList</name>
    <message>
        <source>&amp;Profiles found in ~/.aws</source>
        <translation>~/.aws で見つかったプロファイル(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>Filter profiles</source>
        <translation>プロファイルの絞り込み</translation>
    </message>
    <message>
        <source>Profiles found in ~/.aws</source>
        <translation>~/.aws で見つかったプロファイル</translation>
    </message>
    <message>
        <source>in the list already</source>
        <translation>すでに一覧にあります</translation>
    </message>
    <message>
        <source>has no keys</source>
        <translation>キーがありません</translation>
    </message>
    <message>
        <source>Clear the Filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>profile</comment>
        <extracomment>A profile that can&apos;t be chosen: its name, and why</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>This file can&apos;t be read: %1</source>
        <translation>このファイルを読み込めません：%1</translation>
    </message>
    <message>
        <source>No profile was found in ~/.aws. “aws configure” makes one.</source>
        <translation>~/.aws にプロファイルがありません。「aws configure」で作れます。</translation>
    </message>
    <message>
        <source>“aws login”: see below</source>
        <translation>「aws login」：下をご覧ください</translation>
    </message>
    <message>
        <source>The keys of “%1” come from “aws login”, which the AWS CLI alone can ask. Make another profile in ~/.aws/config with this line, and choose that one:
credential_process = aws configure export-credentials --profile %2 --format process</source>
        <translation>「%1」のキーは「aws login」によるもので、AWS CLI だけが取得できます。~/.aws/config に次の行を持つ別のプロファイルを作成し、そちらを選んでください：
credential_process = aws configure export-credentials --profile %2 --format process</translation>
    </message>
</context>
<context>
    <name>casement::ProfilesDialog</name>
    <message>
        <source>Add Profiles</source>
        <translation>プロファイルの追加</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Add %n Profile(s)</source>
        <translation>
            <numerusform>%n 個のプロファイルを追加(&amp;A)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::ProgramSettings</name>
    <message>
        <source>It is where --archive says. Start Casement without that option to move it.</source>
        <translation>--archive で指定された場所にあります。移動するには、このオプションなしで Casement を起動してください。</translation>
    </message>
    <message>
        <source>It is in the folder of --portable, and moves with that.</source>
        <translation>--portable のフォルダーにあり、そのフォルダーとともに移動します。</translation>
    </message>
    <message>
        <source>The archive is being cleaned up. Move it when that is done.</source>
        <translation>アーカイブを整理しています。終わってから移動してください。</translation>
    </message>
    <message>
        <source>Something is being sent. Wait until it is done, or look at it under Drafts, and move the archive then.</source>
        <translation>送信中のものがあります。完了するのを待つか、下書きで確認してから、アーカイブを移動してください。</translation>
    </message>
    <message>
        <source>This is under way: %1. Wait until it is done, or press Cancel in the status bar, and move the archive then.</source>
        <translation>実行中の処理があります：%1。完了するのを待つか、ステータスバーのキャンセルを押してから、アーカイブを移動してください。</translation>
    </message>
    <message>
        <source>The archive was not moved.</source>
        <translation>アーカイブは移動されませんでした。</translation>
    </message>
    <message>
        <source>The archive is in %1 now. casement-cli finds it there, too.</source>
        <translation>アーカイブを %1 に移動しました。casement-cli もそこを参照します。</translation>
    </message>
    <message>
        <source>The archive is being moved…</source>
        <translation>アーカイブを移動しています…</translation>
    </message>
    <message>
        <source>Others on this computer can look into %1. They can&apos;t read Casement’s files there; to hide their names, too, take the folder’s rights for others away.</source>
        <translation>このコンピューターの他のユーザーも %1 を開けます。そこにある Casement のファイルは読めません。ファイル名も隠すには、フォルダーから他のユーザーのアクセス権を外してください。</translation>
    </message>
</context>
<context>
    <name>casement::RecentCases</name>
    <message>
        <source>No case was read yet</source>
        <translation>まだ読んだケースはありません</translation>
    </message>
</context>
<context>
    <name>casement::RemovedBar</name>
    <message numerus="yes">
        <source>%Ln file(s) removed</source>
        <translation>
            <numerusform>%Ln 個のファイルを取り除きました</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>「%1」を取り除きました。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Attach what was removed again</source>
        <translation>取り除いたものをもう一度添付します</translation>
    </message>
</context>
<context>
    <name>casement::ReportDialog</name>
    <message>
        <source>Report a Problem</source>
        <translation>問題を報告</translation>
    </message>
    <message>
        <source>Puts what helps to find the cause of a problem into a ZIP file. Look through it, save it, and give it to whoever helps you. Casement sends nothing.</source>
        <translation>問題の原因を調べるのに役立つ情報を ZIP ファイルにまとめます。内容を確認して保存し、対応してくれる人に渡してください。Casement からは何も送信しません。</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>起きたこと(&amp;W)</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>起きたこと</translation>
    </message>
    <message>
        <source>What did you do, what did you expect, and what came instead?</source>
        <translation>何をしましたか。どうなるはずでしたか。実際にはどうなりましたか。</translation>
    </message>
    <message>
        <source>Files of the report</source>
        <translation>報告に含めるファイル</translation>
    </message>
    <message>
        <source>Each file is shown as it will be saved; take the tick off what should stay here. Keys, links, e-mail addresses, and names and numbers of accounts are masked. Subjects and messages of cases are not in it.</source>
        <translation>どのファイルも保存される内容のまま表示されます。含めたくないものはチェックを外してください。キー、リンク、メールアドレス、アカウントの名前と番号は伏せられます。ケースの件名とメッセージは含まれません。</translation>
    </message>
    <message>
        <source>&amp;Save ZIP…</source>
        <translation>ZIP を保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Copy Text</source>
        <translation>テキストをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>閉じる(&amp;O)</translation>
    </message>
    <message>
        <source>The text is in the clipboard.</source>
        <translation>テキストをクリップボードにコピーしました。</translation>
    </message>
    <message>
        <source>What you wrote (%1)</source>
        <extracomment>Files of a report about a problem; %1 is the file&apos;s name</extracomment>
        <translation>書いた内容（%1）</translation>
    </message>
    <message>
        <source>Program and computer (%1)</source>
        <translation>プログラムとコンピューター（%1）</translation>
    </message>
    <message>
        <source>Settings (%1)</source>
        <translation>設定（%1）</translation>
    </message>
    <message>
        <source>Accounts, as numbers (%1)</source>
        <translation>アカウント（数のみ、%1）</translation>
    </message>
    <message>
        <source>Log (%1)</source>
        <translation>ログ（%1）</translation>
    </message>
    <message>
        <source>Save the Report</source>
        <translation>報告を保存</translation>
    </message>
    <message>
        <source>ZIP (*.zip)</source>
        <translation>ZIP (*.zip)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>報告を %1 に保存しました。</translation>
    </message>
</context>
<context>
    <name>casement::RescueNotice</name>
    <message>
        <source>What you wrote last could not be stored when the session ended. It is in %1.</source>
        <translation>セッションの終了時に保存できなかった文章が %1 にあります。</translation>
    </message>
    <message>
        <source>Open Fi&amp;le</source>
        <translation>ファイルを開く(&amp;L)</translation>
    </message>
    <message>
        <source>Dismiss; the file stays where it is</source>
        <translation>閉じる（ファイルは残ります）</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>casement::ResourceModel</name>
    <message>
        <source>Change</source>
        <extracomment>Column of resources: what became of each since an earlier result</extracomment>
        <translation>変化</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Column %1</source>
        <extracomment>Heading of a value for which a check of Trusted Advisor has none; %1 is its number</extracomment>
        <translation>列 %1</translation>
    </message>
    <message>
        <source>Resource ID</source>
        <translation>リソース ID</translation>
    </message>
    <message>
        <source>Suppressed</source>
        <extracomment>Column of resources: excluded by the user from Trusted Advisor&apos;s findings</extracomment>
        <translation>除外</translation>
    </message>
    <message>
        <source>New</source>
        <extracomment>What became of a resource since an earlier result</extracomment>
        <translation>新規</translation>
    </message>
    <message>
        <source>Gone</source>
        <extracomment>What became of a resource since an earlier result</extracomment>
        <translation>解消</translation>
    </message>
    <message>
        <source>Worse</source>
        <extracomment>What became of a resource since an earlier result</extracomment>
        <translation>悪化</translation>
    </message>
    <message>
        <source>Better</source>
        <extracomment>What became of a resource since an earlier result</extracomment>
        <translation>改善</translation>
    </message>
    <message>
        <source>Changed</source>
        <extracomment>What became of a resource since an earlier result: other values, the same status</extracomment>
        <translation>変更</translation>
    </message>
    <message>
        <source>Yes</source>
        <comment>suppressed</comment>
        <extracomment>Of a resource: excluded by the user from Trusted Advisor&apos;s findings</extracomment>
        <translation>はい</translation>
    </message>
</context>
<context>
    <name>casement::ResourceTable</name>
    <message>
        <source>Col&amp;umns</source>
        <translation>列(&amp;U)</translation>
    </message>
    <message>
        <source>Sort By</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Reset Columns</source>
        <translation>列を初期状態に戻す</translation>
    </message>
</context>
<context>
    <name>casement::ResponseTargetsPage</name>
    <message>
        <source>How soon AWS aims to answer first, and how long cases wait. AWS tells neither through its API, so these are the numbers that it publishes. What you change holds at once.</source>
        <translation>AWS が最初の回答を返す目標時間と、ケースが待つ期間です。どちらも API では取得できないため、AWS が公開している値を使用しています。変更はすぐに反映されます。</translation>
    </message>
    <message>
        <source>Support &amp;plan</source>
        <translation>サポートプラン(&amp;P)</translation>
    </message>
    <message>
        <source>Support plan</source>
        <translation>サポートプラン</translation>
    </message>
    <message>
        <source>First answer within</source>
        <translation>最初の回答までの時間</translation>
    </message>
    <message>
        <source>Cases that wait</source>
        <translation>待機中のケース</translation>
    </message>
    <message>
        <source>Days until AWS closes a case that &amp;waits for you</source>
        <translation>回答待ちのケースを AWS がクローズするまでの日数(&amp;W)</translation>
    </message>
    <message>
        <source>Days until AWS closes a case that waits for you</source>
        <translation>回答待ちのケースを AWS がクローズするまでの日数</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>表示しない</translation>
    </message>
    <message>
        <source>Days in which a reply re&amp;opens a resolved case</source>
        <translation>解決済みのケースを返信で再オープンできる日数(&amp;O)</translation>
    </message>
    <message>
        <source>Days in which a reply reopens a resolved case</source>
        <translation>解決済みのケースを返信で再オープンできる日数</translation>
    </message>
    <message>
        <source>&amp;Reset to the Usual Numbers</source>
        <translation>既定値に戻す(&amp;R)</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>days</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Response Targets</source>
        <translation>回答目標</translation>
    </message>
    <message>
        <source>My own numbers</source>
        <translation>独自の値</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>ベーシック</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>デベロッパー</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>ビジネス</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>エンタープライズ</translation>
    </message>
    <message>
        <source>%1: first answer within</source>
        <extracomment>What a screen reader says of a field: %1 is a severity</extracomment>
        <translation>%1：最初の回答までの時間</translation>
    </message>
    <message>
        <source>%1: unit</source>
        <extracomment>What a screen reader says of a field: %1 is a severity</extracomment>
        <translation>%1：単位</translation>
    </message>
    <message>
        <source>no target</source>
        <extracomment>In the place of a number of minutes or hours: AWS promises nothing for this severity</extracomment>
        <translation>目標なし</translation>
    </message>
    <message>
        <source>Business Support+ or Enterprise On-Ramp</source>
        <translation>Business Support+ または Enterprise On-Ramp</translation>
    </message>
    <message>
        <source>Unified Operations</source>
        <translation>Unified Operations</translation>
    </message>
</context>
<context>
    <name>casement::SaveAttachmentsJob</name>
    <message numerus="yes">
        <source>Saving %Ln attachment(s)</source>
        <translation>
            <numerusform>%Ln 件の添付ファイルを保存しています</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SavedFilterActions</name>
    <message>
        <source>Name of the filter</source>
        <translation>フィルターの名前</translation>
    </message>
    <message>
        <source>Save Filter</source>
        <translation>フィルターの保存</translation>
    </message>
    <message>
        <source>The filter “%1” was replaced.</source>
        <translation>フィルター「%1」を置き換えました。</translation>
    </message>
    <message>
        <source>The filter “%1” is in the sidebar.</source>
        <translation>フィルター「%1」をサイドバーに追加しました。</translation>
    </message>
    <message>
        <source>Rename Filter</source>
        <translation>フィルターの名前の変更</translation>
    </message>
    <message>
        <source>The filter is called “%1” now.</source>
        <translation>フィルターの名前を「%1」に変更しました。</translation>
    </message>
    <message>
        <source>The filter “%1” was deleted.</source>
        <translation>フィルター「%1」を削除しました。</translation>
    </message>
    <message>
        <source>&amp;Save Filter…</source>
        <translation>フィルターを保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Rename Filter…</source>
        <translation>フィルターの名前を変更(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Delete Filter</source>
        <translation>フィルターを削除(&amp;D)</translation>
    </message>
    <message>
        <source>Saved &amp;Filters</source>
        <translation>保存したフィルター(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
</context>
<context>
    <name>casement::SearchModel</name>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>What a screen reader says of a search result: subject, account, excerpt</extracomment>
        <translation>%1、%2：%3</translation>
    </message>
    <message>
        <source>The words stand in the subject.</source>
        <translation>件名に含まれています。</translation>
    </message>
    <message>
        <source>Your note: %1</source>
        <extracomment>A search result: the words stand in what the person noted; %1 is a part of it</extracomment>
        <translation>メモ：%1</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <extracomment>A search result: the words stand in the case&apos;s tags; %1 are these</extracomment>
        <translation>タグ：%1</translation>
    </message>
    <message>
        <source>Attachment: %1</source>
        <extracomment>A search result: the words stand in the name of an attachment, %1</extracomment>
        <translation>添付ファイル：%1</translation>
    </message>
</context>
<context>
    <name>casement::SearchPage</name>
    <message>
        <source>Back to the list</source>
        <translation>一覧に戻る</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>一覧に戻る (Esc)</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>検索結果</translation>
    </message>
    <message>
        <source>Searching all messages…</source>
        <translation>すべてのメッセージを検索しています…</translation>
    </message>
    <message>
        <source>The search did not work</source>
        <translation>検索できませんでした</translation>
    </message>
    <message>
        <source>The message above says why.</source>
        <translation>理由は上のメッセージをご覧ください。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>「%1」は見つかりませんでした</translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s) for “%1”</source>
        <translation>
            <numerusform>「%1」の検索結果 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>No subject, message, attachment’s name, note or tag that was ever stored here has all these words.</source>
        <translation>ここに保存されている件名、メッセージ、添付ファイル名、メモ、タグに、これらの語をすべて含むものはありません。</translation>
    </message>
    <message>
        <source>&amp;Back to the List</source>
        <translation>一覧に戻る(&amp;B)</translation>
    </message>
</context>
<context>
    <name>casement::SecondStart</name>
    <message>
        <source>Casement runs already: its window is in front now. Choose the account of “%1” there.</source>
        <translation>Casement はすでに起動しています。ウィンドウを前面に表示しました。そこで「%1」のアカウントを選んでください。</translation>
    </message>
    <message>
        <source>Casement runs already: its window is in front now. --profile holds for a new start only; close the window first, or add “%1” to its accounts.</source>
        <translation>Casement はすでに起動しています。ウィンドウを前面に表示しました。--profile は新しく起動するときだけ有効です。先にウィンドウを閉じるか、「%1」をアカウントに追加してください。</translation>
    </message>
    <message>
        <source>Casement runs already: its window is in front now. The options hold for a new start only.</source>
        <translation>Casement はすでに起動しています。ウィンドウを前面に表示しました。オプションは新しく起動するときだけ有効です。</translation>
    </message>
</context>
<context>
    <name>casement::SecretNotice</name>
    <message>
        <source>AWS access key ID</source>
        <translation>AWS アクセスキー ID</translation>
    </message>
    <message>
        <source>AWS secret access key</source>
        <translation>AWS シークレットアクセスキー</translation>
    </message>
    <message>
        <source>AWS session token</source>
        <translation>AWS セッショントークン</translation>
    </message>
    <message>
        <source>private key</source>
        <translation>秘密鍵</translation>
    </message>
    <message>
        <source>presigned address</source>
        <translation>署名付き URL</translation>
    </message>
    <message>
        <source>web token (JWT)</source>
        <translation>Web トークン（JWT）</translation>
    </message>
    <message>
        <source>token of a service</source>
        <translation>サービスのトークン</translation>
    </message>
    <message>
        <source>Authorization header</source>
        <translation>Authorization ヘッダーの認証情報</translation>
    </message>
    <message>
        <source>password in an address</source>
        <translation>URL に含まれるパスワード</translation>
    </message>
    <message>
        <source>password or key</source>
        <translation>パスワードまたはキー</translation>
    </message>
    <message>
        <source>card number</source>
        <translation>カード番号</translation>
    </message>
    <message>
        <source>own pattern</source>
        <translation>独自のパターン</translation>
    </message>
    <message numerus="yes">
        <source>This text holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>このテキストには機密情報が %Ln 件含まれています：%1。AWS の担当者が目にします。</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Go to the next secret in the text</source>
        <translation>テキスト内の次の機密情報へ移動します</translation>
    </message>
    <message>
        <source>Replace what is secret by asterisks; Undo brings it back</source>
        <translation>機密情報をアスタリスクに置き換えます。元に戻すこともできます</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <extracomment>Button: goes to a secret in the text</extracomment>
        <translation>表示(&amp;W)</translation>
    </message>
    <message>
        <source>Mask &amp;in Text</source>
        <extracomment>Button: replaces all secrets in the text</extracomment>
        <translation>伏せる(&amp;I)</translation>
    </message>
    <message numerus="yes">
        <source>The subject holds %Ln secret(s): %1. People at AWS would read it.</source>
        <extracomment>%1 is a list of kinds: &quot;AWS access key ID, card number&quot;</extracomment>
        <translation>
            <numerusform>件名には機密情報が %Ln 件含まれています：%1。AWS の担当者が目にします。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SecretsPage</name>
    <message>
        <source>Look for</source>
        <translation>確認する項目</translation>
    </message>
    <message>
        <source>&amp;Own patterns</source>
        <translation>独自のパターン(&amp;O)</translation>
    </message>
    <message>
        <source>One regular expression a line. What matches counts as secret.</source>
        <translation>正規表現を 1 行に 1 つずつ入力します。一致した箇所は機密情報として扱われます。</translation>
    </message>
    <message>
        <source>Own patterns</source>
        <translation>独自のパターン</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>機密情報</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1 行目：%2</translation>
    </message>
    <message>
        <source>Replies and new cases are looked through for secrets while you write. So are the text files that you attach. What is found is marked and can be masked; while there is some, sending asks once.</source>
        <translation>返信や新しいケースの入力中に、機密情報が含まれていないかを確認します。添付したテキストファイルも対象です。見つかった箇所は強調表示され、伏せ字にできます。機密情報が含まれている間は、送信の前に一度確認します。</translation>
    </message>
</context>
<context>
    <name>casement::SendJob</name>
    <message>
        <source>Sending the new case “%1” to %2</source>
        <translation>新規ケース「%1」を %2 に送信中</translation>
    </message>
    <message>
        <source>Resolving “%1” of %2</source>
        <translation>%2 の「%1」を解決中</translation>
    </message>
    <message>
        <source>Sending the reply to “%1” of %2</source>
        <translation>%2 の「%1」への返信を送信中</translation>
    </message>
    <message>
        <source>Sending a new case to %1</source>
        <translation>%1 に新しいケースを送信しています</translation>
    </message>
    <message>
        <source>Resolving case %1 of %2</source>
        <translation>%2 のケース %1 を解決しています</translation>
    </message>
    <message>
        <source>Sending the reply to case %1 of %2</source>
        <translation>%2 のケース %1 への返信を送信しています</translation>
    </message>
    <message>
        <source>Resolving a case of %1</source>
        <translation>%1 のケースを解決しています</translation>
    </message>
    <message>
        <source>Sending the reply to a case of %1</source>
        <translation>%1 のケースへの返信を送信しています</translation>
    </message>
</context>
<context>
    <name>casement::SendQuestion</name>
    <message>
        <source>This account is set to ask before anything is sent from it.</source>
        <translation>このアカウントは、送信の前に確認するように設定されています。</translation>
    </message>
    <message>
        <source>AWS works on such cases day and night, and needs you within reach.</source>
        <translation>このようなケースには AWS が昼夜を問わず対応します。連絡が取れるようにしておいてください。</translation>
    </message>
    <message>
        <source>Create Case</source>
        <translation>ケースを作成</translation>
    </message>
    <message>
        <source>Open this case in %1 as “%2”?</source>
        <translation>%1 で、このケースを「%2」として作成しますか？</translation>
    </message>
    <message>
        <source>Send Reply</source>
        <translation>返信の送信</translation>
    </message>
    <message>
        <source>Send this reply to case %1 of %2?</source>
        <translation>この返信を %2 のケース %1 に送信しますか？</translation>
    </message>
    <message>
        <source>“%1”</source>
        <extracomment>The subject of a case in a question</extracomment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>&amp;Create Case</source>
        <translation>ケースを作成(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>送信(&amp;S)</translation>
    </message>
    <message>
        <source>Send this reply to case %1 of %2 again?</source>
        <translation>この返信を %2 のケース %1 に再送信しますか？</translation>
    </message>
    <message>
        <source>Send this new case to %1 again?</source>
        <translation>この新しいケースを %1 に再送信しますか？</translation>
    </message>
    <message>
        <source>Resolve case %1 of %2 after all?</source>
        <translation>%2 のケース %1 をあらためて解決済みにしますか？</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>再送信</translation>
    </message>
    <message>
        <source>&amp;Send Again</source>
        <translation>再送信(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>Not filled in yet: %1 and %Ln more.</source>
        <translation>
            <numerusform>まだ記入されていません：%1、ほか %Ln 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not filled in yet: %1.</source>
        <translation>まだ記入されていません：%1。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Send this to AWS to be checked?</source>
        <translation>確認のため、この内容を AWS に送信しますか？</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>確認(&amp;K)</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>casement::ServiceCompleter</name>
    <message>
        <source>No service fits.</source>
        <translation>一致するサービスはありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln service(s) fit: %1</source>
        <extracomment>What a screen reader says of a field: %1 is the first of them</extracomment>
        <translation>
            <numerusform>%Ln 件のサービスが一致：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::SetUploadJob</name>
    <message>
        <source>Uploading %1</source>
        <translation>%1 をアップロードしています</translation>
    </message>
</context>
<context>
    <name>casement::SettingText</name>
    <message>
        <source>a [section] without its closing bracket</source>
        <translation>[セクション] の閉じ括弧がありません</translation>
    </message>
    <message>
        <source>a line before the first [section]</source>
        <translation>最初の [セクション] より前に行があります</translation>
    </message>
    <message>
        <source>section [%1] again; it begins on line %2 too</source>
        <translation>セクション [%1] が重複しています（%2 行目にもあります）</translation>
    </message>
    <message>
        <source>neither a [section] nor a &quot;key = value&quot;</source>
        <translation>[セクション] でも「キー = 値」でもありません</translation>
    </message>
    <message>
        <source>a value without a key</source>
        <translation>値にキーがありません</translation>
    </message>
    <message>
        <source>key &quot;%1&quot; again; it stands on line %2 too</source>
        <translation>キー「%1」が重複しています（%2 行目にもあります）</translation>
    </message>
    <message>
        <source>larger than 16 MB</source>
        <translation>16 MB を超えています</translation>
    </message>
    <message>
        <source>bytes that are not UTF-8</source>
        <translation>UTF-8 でないバイトがあります</translation>
    </message>
    <message>
        <source>%1: %2 of profile &quot;%3&quot;</source>
        <translation>%1: プロファイル「%3」の %2</translation>
    </message>
    <message>
        <source>the environment variable %1</source>
        <translation>環境変数 %1</translation>
    </message>
    <message>
        <source>%1 is not a number from 1 on</source>
        <translation>%1 が 1 以上の数値ではありません</translation>
    </message>
    <message>
        <source>goes over several lines</source>
        <translation>が複数行にわたっています</translation>
    </message>
    <message>
        <source>holds a space</source>
        <translation>に空白が含まれています</translation>
    </message>
    <message>
        <source>holds a control character</source>
        <translation>に制御文字が含まれています</translation>
    </message>
    <message>
        <source>holds a character that is not ASCII</source>
        <translation>に ASCII でない文字が含まれています</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a region</source>
        <translation>「%1」はリージョンではありません</translation>
    </message>
    <message>
        <source>%1 is not a region</source>
        <translation>%1 がリージョンではありません</translation>
    </message>
    <message>
        <source>the endpoint</source>
        <translation>エンドポイント</translation>
    </message>
    <message>
        <source>%1 is not a URL such as https://support.us-east-1.amazonaws.com</source>
        <translation>%1 が https://support.us-east-1.amazonaws.com のような URL ではありません</translation>
    </message>
    <message>
        <source>%1 is neither https nor http</source>
        <translation>%1 が https でも http でもありません</translation>
    </message>
    <message>
        <source>%1 has a user name, a query or a fragment</source>
        <translation>%1 にユーザー名、クエリ、またはフラグメントが含まれています</translation>
    </message>
    <message>
        <source>%1 is plain http and not on this computer: everything sent to it, and its answers, could be read and changed on the way. Use https</source>
        <translation>%1 は暗号化されない http で、このコンピューターのものではありません。送信内容も応答も途中で読み取られ、書き換えられるおそれがあります。https を使用してください</translation>
    </message>
    <message>
        <source>%1 names a section [services %2] that is not there</source>
        <translation>%1 が存在しないセクション [services %2] を指しています</translation>
    </message>
    <message>
        <source>%1: endpoint_url of [services %2]</source>
        <translation>%1: [services %2] の endpoint_url</translation>
    </message>
    <message>
        <source>AWS_CA_BUNDLE or ca_bundle</source>
        <translation>AWS_CA_BUNDLE または ca_bundle</translation>
    </message>
    <message>
        <source>chosen in the settings</source>
        <translation>設定で選択</translation>
    </message>
    <message>
        <source>the CA bundle %1 (%2) %3</source>
        <translation>CA バンドル %1（%2）%3</translation>
    </message>
    <message>
        <source>can&apos;t be read: %1</source>
        <translation>を読み取れません：%1</translation>
    </message>
    <message>
        <source>holds no certificate</source>
        <translation>に証明書が含まれていません</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>が空です</translation>
    </message>
    <message>
        <source>needs a source_profile or a credential_source</source>
        <translation>には source_profile または credential_source が必要です</translation>
    </message>
    <message>
        <source>has both a source_profile and a credential_source: only one can be</source>
        <translation>に source_profile と credential_source の両方があります。指定できるのは一方だけです</translation>
    </message>
    <message>
        <source>is Environment, where no keys are</source>
        <translation>が Environment ですが、環境変数にキーがありません</translation>
    </message>
    <message>
        <source>is the profile itself, which has no keys</source>
        <translation>がそのプロファイル自身を指していますが、キーがありません</translation>
    </message>
    <message>
        <source>leads back to &quot;%1&quot;: %2</source>
        <translation>が「%1」に戻っています：%2</translation>
    </message>
    <message>
        <source>names a profile that is not there: &quot;%1&quot;</source>
        <translation>が存在しないプロファイルを指しています：「%1」</translation>
    </message>
    <message>
        <source>names an empty file</source>
        <translation>が空のファイルを指しています</translation>
    </message>
    <message>
        <source>is set without AWS_ROLE_ARN</source>
        <translation>が設定されていますが、AWS_ROLE_ARN がありません</translation>
    </message>
    <message>
        <source>is not a number of seconds</source>
        <translation>が秒数ではありません</translation>
    </message>
    <message>
        <source>names a section [sso-session %1] that is not there</source>
        <translation>が存在しないセクション [sso-session %1] を指しています</translation>
    </message>
    <message>
        <source>%1: sso_region of [sso-session %2]</source>
        <translation>%1: [sso-session %2] の sso_region</translation>
    </message>
    <message>
        <source>a NUL byte, which no text has</source>
        <translation>テキストにはない NUL バイトがあります</translation>
    </message>
    <message>
        <source>the environment variable AWS_CREDENTIAL_EXPIRATION is no time as in 2026-01-31T12:00:00Z</source>
        <translation>環境変数 AWS_CREDENTIAL_EXPIRATION が 2026-01-31T12:00:00Z のような日時ではありません</translation>
    </message>
    <message>
        <source>is another one than in [sso-session %1]: take one of them out</source>
        <translation>は [sso-session %1] の値と異なります。どちらかを削除してください</translation>
    </message>
    <message>
        <source>you may not enter its folder; chmod u+rwx &quot;%1&quot; lets you in</source>
        <translation>フォルダーを開く権限がありません（chmod u+rwx &quot;%1&quot; で開けるようになります）</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>a link to nothing</source>
        <translation>リンク切れ</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>casement::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>設定のページ</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
</context>
<context>
    <name>casement::SettingsNames</name>
    <message>
        <source>Language of the window</source>
        <translation>ウィンドウの言語</translation>
    </message>
    <message>
        <source>Language of texts from AWS</source>
        <translation>AWS のテキストの言語</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>Keys of commands</source>
        <translation>コマンドのキー</translation>
    </message>
    <message>
        <source>Refresh by itself</source>
        <translation>自動更新</translation>
    </message>
    <message>
        <source>Refresh at a fixed interval</source>
        <translation>一定間隔での更新</translation>
    </message>
    <message>
        <source>Minutes between two refreshes</source>
        <translation>更新の間隔（分）</translation>
    </message>
    <message>
        <source>Tell when AWS answers</source>
        <translation>AWS の返信を知らせる</translation>
    </message>
    <message>
        <source>Show the beginning of the answer</source>
        <translation>返信の冒頭を表示する</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>通知しない時間帯</translation>
    </message>
    <message>
        <source>Quiet hours from</source>
        <translation>通知しない時間帯の開始</translation>
    </message>
    <message>
        <source>Quiet hours to</source>
        <translation>通知しない時間帯の終了</translation>
    </message>
    <message>
        <source>Quiet days</source>
        <translation>通知しない曜日</translation>
    </message>
    <message>
        <source>Icon in the notification area</source>
        <translation>通知領域のアイコン</translation>
    </message>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>ウィンドウを閉じても実行を続ける</translation>
    </message>
    <message>
        <source>Response targets</source>
        <translation>応答の目標時間</translation>
    </message>
    <message>
        <source>Group by account</source>
        <translation>アカウントごとにまとめる</translation>
    </message>
    <message>
        <source>Wrap code</source>
        <translation>コードを折り返す</translation>
    </message>
    <message>
        <source>Newest message first</source>
        <translation>新しいメッセージを先頭に表示</translation>
    </message>
    <message>
        <source>Size of the text of messages</source>
        <translation>メッセージの文字の大きさ</translation>
    </message>
    <message>
        <source>Hide excluded resources</source>
        <translation>除外したリソースを隠す</translation>
    </message>
    <message>
        <source>Cells of CSV never run as formulas</source>
        <translation>CSV のセルを数式として実行させない</translation>
    </message>
    <message>
        <source>Begin CSV with a byte order mark</source>
        <translation>CSV をバイトオーダーマークで始める</translation>
    </message>
    <message>
        <source>Only the columns that a check’s table shows</source>
        <translation>チェックの表に表示されている列のみ</translation>
    </message>
    <message>
        <source>Secrets that are not looked for</source>
        <translation>探さない秘密情報</translation>
    </message>
    <message>
        <source>Own patterns of secrets</source>
        <translation>秘密情報の独自パターン</translation>
    </message>
    <message>
        <source>Check the spelling</source>
        <translation>スペルチェック</translation>
    </message>
    <message>
        <source>Own words of the spelling</source>
        <translation>スペルチェックの独自の単語</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>Host of the proxy</source>
        <translation>プロキシのホスト</translation>
    </message>
    <message>
        <source>Port of the proxy</source>
        <translation>プロキシのポート</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA ファイル</translation>
    </message>
    <message>
        <source>Resolved cases</source>
        <translation>解決済みのケース</translation>
    </message>
    <message>
        <source>Months since a resolved case last changed</source>
        <translation>解決済みのケースの最終変更からの月数</translation>
    </message>
    <message>
        <source>Limit of what downloaded files take</source>
        <translation>ダウンロードしたファイルの容量の制限</translation>
    </message>
    <message>
        <source>Megabytes that downloaded files take at most</source>
        <translation>ダウンロードしたファイルの最大容量（MB）</translation>
    </message>
    <message>
        <source>Folder of templates</source>
        <translation>テンプレートのフォルダー</translation>
    </message>
    <message>
        <source>as the desktop says</source>
        <translation>デスクトップに合わせる</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英語</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日本語</translation>
    </message>
    <message>
        <source>as the window</source>
        <translation>ウィンドウに合わせる</translation>
    </message>
    <message>
        <source>light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>as the environment says</source>
        <translation>環境に従う</translation>
    </message>
    <message>
        <source>HTTP proxy</source>
        <translation>HTTP プロキシ</translation>
    </message>
    <message>
        <source>SOCKS 5 proxy</source>
        <translation>SOCKS 5 プロキシ</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>プロキシなし</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>ずっと残す</translation>
    </message>
    <message>
        <source>kept, but old ones without their downloaded files</source>
        <translation>残す（古いものはダウンロードしたファイルを除く）</translation>
    </message>
    <message>
        <source>old ones removed from this computer</source>
        <translation>古いものをこのコンピューターから削除</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未設定</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>on</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>A setting that is about to change: its name, what holds now, what will hold</extracomment>
        <translation>%1: %2 → %3</translation>
    </message>
    <message numerus="yes">
        <source>Resolved cases that did not change for %Ln month(s) will be deleted from this computer, with their messages and files.</source>
        <translation>
            <numerusform>%Ln か月間変更のない解決済みのケースは、メッセージとファイルごとこのコンピューターから削除されます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Downloaded files of resolved cases that did not change for %Ln month(s) will be deleted from this computer.</source>
        <translation>
            <numerusform>%Ln か月間変更のない解決済みのケースのダウンロードしたファイルは、このコンピューターから削除されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloaded files beyond %1 MB will be deleted from this computer.</source>
        <translation>%1 MB を超えるダウンロードしたファイルは、このコンピューターから削除されます。</translation>
    </message>
</context>
<context>
    <name>casement::SettingsTransfer</name>
    <message>
        <source>This is no file of Casement’s settings. Choose one that Export made.</source>
        <translation>Casement の設定ファイルではありません。エクスポートで作成したファイルを選んでください。</translation>
    </message>
    <message>
        <source>These settings are of a newer Casement. Install that version to read them.</source>
        <translation>より新しい Casement の設定です。読み込むにはそのバージョンをインストールしてください。</translation>
    </message>
    <message>
        <source>There is no setting “%1” here; it was left out.</source>
        <translation>設定「%1」はありません。取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” looks like a key; it was left out.</source>
        <translation>「%1」はキーのように見えるため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” names %2, which is not on this computer; it was left out.</source>
        <translation>「%1」が指す %2 はこのコンピューターにないため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” has a value that can&apos;t be used; the one that was set stays.</source>
        <translation>「%1」の値は使えません。現在の設定のままです。</translation>
    </message>
    <message>
        <source>“%1” would be one without a host; it was left out.</source>
        <translation>「%1」にはホストがないため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” names %2, which holds no certificate; it was left out.</source>
        <translation>「%1」が指す %2 には証明書がないため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” names %2, which can&apos;t be read; it was left out.</source>
        <translation>「%1」が指す %2 は読み取れないため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” names %2, which is no folder; it was left out.</source>
        <translation>「%1」が指す %2 はフォルダーではないため取り込みませんでした。</translation>
    </message>
    <message>
        <source>“%1” would be “%2”, which is no name of a host; it was left out.</source>
        <translation>「%1」が「%2」となり、ホスト名ではないため取り込みませんでした。</translation>
    </message>
</context>
<context>
    <name>casement::Shortcuts</name>
    <message>
        <source>Send What Is Written</source>
        <translation>書いた内容を送信</translation>
    </message>
    <message>
        <source>Delete the Draft</source>
        <translation>下書きを削除</translation>
    </message>
    <message>
        <source>Bring the Draft Back</source>
        <translation>削除した下書きを戻す</translation>
    </message>
    <message>
        <source>Writing</source>
        <extracomment>Commands of the keyboard page that stand in no menu</extracomment>
        <translation>文章の入力</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>下書き</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action and key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 moves between fields and pages. Choose another key.</source>
        <translation>%1 は欄やページの移動に使います。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 opens and confirms. Choose another key, or hold Ctrl with it.</source>
        <translation>%1 は開くときや確定に使います。別のキーを選ぶか、Ctrl と組み合わせてください。</translation>
    </message>
    <message>
        <source>%1 goes back and closes. Choose another key.</source>
        <translation>%1 は戻るときや閉じるときに使います。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 pages and presses buttons. Choose another key.</source>
        <translation>%1 はページ送りやボタンの操作に使います。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 alone types a character. Choose another key, or hold Ctrl with it.</source>
        <translation>%1 だけでは文字の入力になります。別のキーを選ぶか、Ctrl と組み合わせてください。</translation>
    </message>
    <message>
        <source>%1 opens menus and reaches buttons. Choose another key.</source>
        <translation>%1 はメニューやボタンの操作に使います。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 is needed in text fields. Choose another key.</source>
        <translation>%1 は文字の編集に使います。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <extracomment>A menu and the entry in it</extracomment>
        <translation>%1 › %2</translation>
    </message>
    <message>
        <source>This key can&apos;t be a shortcut. Choose another one.</source>
        <translation>このキーは割り当てられません。別のキーを選んでください。</translation>
    </message>
</context>
<context>
    <name>casement::SidebarModel</name>
    <message>
        <source>Needs reply</source>
        <translation>要返信</translation>
    </message>
    <message>
        <source>With AWS</source>
        <translation>AWS 対応中</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>解決済み</translation>
    </message>
    <message>
        <source>All cases</source>
        <translation>すべてのケース</translation>
    </message>
    <message>
        <source>Cases</source>
        <extracomment>Heading in the sidebar</extracomment>
        <translation>ケース</translation>
    </message>
    <message>
        <source>Accounts</source>
        <extracomment>Heading in the sidebar</extracomment>
        <translation>アカウント</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n case(s)</source>
        <extracomment>What a screen reader says of a sidebar entry: %1 is its name</extracomment>
        <translation>
            <numerusform>%1、%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n case(s) to reply to</source>
        <extracomment>What a screen reader says of an account in the sidebar: %1 is its name</extracomment>
        <translation>
            <numerusform>%1、返信が必要なケース %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>下書き</translation>
    </message>
    <message>
        <source>Something that was sent needs your decision</source>
        <translation>送信したものについて確認が必要です</translation>
    </message>
    <message numerus="yes">
        <source>Drafts, %n entry(ies), one needs your decision</source>
        <translation>
            <numerusform>下書き、%n 件、確認が必要なものがあります</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drafts, %n entry(ies)</source>
        <translation>
            <numerusform>下書き、%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Closing soon</source>
        <extracomment>In the sidebar: cases that AWS closes in a day or two if nobody answers</extracomment>
        <translation>まもなくクローズ</translation>
    </message>
    <message>
        <source>Answer overdue</source>
        <extracomment>In the sidebar: cases that AWS has not answered in the time it aims at</extracomment>
        <translation>回答の遅れ</translation>
    </message>
    <message>
        <source>Can be reopened</source>
        <extracomment>In the sidebar: resolved cases that a reply still reopens</extracomment>
        <translation>再オープン可能</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>スター付き</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <extracomment>Heading in the sidebar</extracomment>
        <translation>保存したフィルター</translation>
    </message>
    <message>
        <source>Tags</source>
        <extracomment>Heading in the sidebar</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Saved filter %1</source>
        <extracomment>What a screen reader says of a saved filter in the sidebar: %1 is its name</extracomment>
        <translation>保存したフィルター %1</translation>
    </message>
    <message numerus="yes">
        <source>Tag %1, %n case(s)</source>
        <extracomment>What a screen reader says of a tag in the sidebar: %1 is its name</extracomment>
        <translation>
            <numerusform>タグ %1、%n 件のケース</numerusform>
        </translation>
    </message>
    <message>
        <source>Trusted Advisor</source>
        <extracomment>Heading in the sidebar</extracomment>
        <translation>Trusted Advisor</translation>
    </message>
    <message>
        <source>Overview</source>
        <extracomment>In the sidebar, below Trusted Advisor</extracomment>
        <translation>概要</translation>
    </message>
    <message>
        <source>Trusted Advisor, overview</source>
        <extracomment>What a screen reader says of a category of Trusted Advisor in the sidebar: %1 is its name</extracomment>
        <translation>Trusted Advisor、概要</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n check(s) to look at</source>
        <translation>
            <numerusform>%1、要確認のチェック %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Not refreshed: %2</source>
        <comment>account</comment>
        <extracomment>What a screen reader says of an account in the sidebar that can&apos;t be refreshed: %2 is why</extracomment>
        <translation>%1。更新できません：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) could not be refreshed</source>
        <extracomment>Of the heading of accounts in the sidebar</extracomment>
        <translation>
            <numerusform>更新できないアカウントが %n 件あります</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>heading</comment>
        <extracomment>What a screen reader says of the heading: %1 is &quot;Accounts&quot;</extracomment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>All checks</source>
        <translation>すべてのチェック</translation>
    </message>
    <message>
        <source>Trusted Advisor, all checks</source>
        <translation>Trusted Advisor、すべてのチェック</translation>
    </message>
</context>
<context>
    <name>casement::SignInDialog</name>
    <message>
        <source>Sign In to IAM Identity Center</source>
        <translation>IAM Identity Center へのサインイン</translation>
    </message>
    <message>
        <source>Code to compare</source>
        <translation>照合するコード</translation>
    </message>
    <message>
        <source>&amp;Open the Page Again</source>
        <translation>ページを再度開く(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;Address</source>
        <translation>アドレスをコピー(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Sign in for “%1” in the browser. The page must show this code:</source>
        <translation>ブラウザーで「%1」にサインインしてください。ページに次のコードが表示されている必要があります：</translation>
    </message>
    <message>
        <source>Allow access there only when the codes are the same and the page belongs to your organization. This window closes by itself then.</source>
        <translation>コードが一致し、ページが自分の組織のものである場合にだけアクセスを許可してください。許可するとこのウィンドウは自動的に閉じます。</translation>
    </message>
    <message>
        <source>The code is good until %1.</source>
        <translation>コードの有効期限は %1 です。</translation>
    </message>
    <message>
        <source>Address of the page: %1</source>
        <translation>ページのアドレス：%1</translation>
    </message>
</context>
<context>
    <name>casement::SingleInstance</name>
    <message>
        <source>Casement runs already and does not answer (process %1). Wait a moment, or end that process and start Casement again.</source>
        <translation>Casement はすでに起動していますが、応答しません（プロセス %1）。しばらく待つか、そのプロセスを終了してから Casement を起動し直してください。</translation>
    </message>
</context>
<context>
    <name>casement::SpellMarks</name>
    <message>
        <source>No similar word is known</source>
        <translation>似た単語はありません</translation>
    </message>
    <message>
        <source>A&amp;dd “%1” to the Dictionary</source>
        <extracomment>In the menu of a word that the dictionary does not have: it counts as right from now on</extracomment>
        <translation>「%1」を辞書に追加(&amp;D)</translation>
    </message>
</context>
<context>
    <name>casement::SplitZipJob</name>
    <message>
        <source>Splitting %1</source>
        <translation>%1 を分割しています</translation>
    </message>
</context>
<context>
    <name>casement::StartWish</name>
    <message>
        <source>Case %1 of the link is not here: refresh its account, or add it.</source>
        <translation>リンクのケース %1 は手元にありません。そのアカウントを更新するか、追加してください。</translation>
    </message>
    <message>
        <source>Case %1 of the link is being looked for: the accounts are still being read.</source>
        <extracomment>%1 is the number of a case</extracomment>
        <translation>リンクのケース %1 を探しています。アカウントを読み込み中です。</translation>
    </message>
</context>
<context>
    <name>casement::StatusPanel</name>
    <message>
        <source>No account yet</source>
        <translation>アカウントがまだありません</translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s)</source>
        <translation>
            <numerusform>%Ln アカウント</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <extracomment>Between the names of accounts in a list</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 · offline</source>
        <translation>%1 · オフライン</translation>
    </message>
    <message>
        <source>%1 · offline · last refreshed %2</source>
        <translation>%1 · オフライン · 最終更新 %2</translation>
    </message>
    <message>
        <source>%1 · not refreshed yet</source>
        <translation>%1 · 未更新</translation>
    </message>
    <message>
        <source>%1 · last refreshed %2</source>
        <translation>%1 · 最終更新 %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Cancel what is running</source>
        <translation>実行中の処理をキャンセル</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message numerus="yes">
        <source> · %Ln account(s) could not be refreshed</source>
        <extracomment>At the end of the status bar&apos;s text about accounts and how fresh they are</extracomment>
        <translation>
            <numerusform> · %Ln 個のアカウントを更新できませんでした</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>When all was refreshed: %1 is the time, %2 how long ago, &quot;14:02 (5 min ago)&quot;</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source> · automatic refresh paused</source>
        <extracomment>At the end of the status bar&apos;s text about accounts and how fresh they are</extracomment>
        <translation> · 自動更新は一時停止中</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>デモ</translation>
    </message>
    <message>
        <source>Demo · %1</source>
        <extracomment>In the status bar; %1 are the names of the made-up accounts, or how many they are</extracomment>
        <translation>デモ · %1</translation>
    </message>
</context>
<context>
    <name>casement::SyncJob</name>
    <message>
        <source>Updating cases of %1</source>
        <translation>%1 のケースを更新中</translation>
    </message>
</context>
<context>
    <name>casement::TableWriter</name>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Check ID</source>
        <translation>チェック ID</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>チェック</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Resource ID</source>
        <translation>リソース ID</translation>
    </message>
    <message>
        <source>Suppressed</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Timestamp</source>
        <translation>タイムスタンプ</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>列 %1</translation>
    </message>
</context>
<context>
    <name>casement::TagsDialog</name>
    <message numerus="yes">
        <source>Tags of %Ln case(s)</source>
        <translation>
            <numerusform>%Ln 件のケースのタグ</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;New tags, separated by commas</source>
        <translation>新しいタグ（コンマ区切り）(&amp;N)</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Save the tags?</source>
        <translation>タグを保存しますか？</translation>
    </message>
    <message>
        <source>What you typed or changed is not saved yet.</source>
        <translation>入力または変更した内容は、まだ保存されていません。</translation>
    </message>
    <message numerus="yes">
        <source>“%2…” has %Ln character(s) too many: a tag has at most %1.</source>
        <extracomment>%1 is a number, %2 the beginning of the tag</extracomment>
        <translation>
            <numerusform>「%2…」は %Ln 文字多すぎます。タグは %1 文字までです。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TemplateNotice</name>
    <message>
        <source>Close this notice</source>
        <translation>この通知を閉じる</translation>
    </message>
</context>
<context>
    <name>casement::TimeText</name>
    <message numerus="yes">
        <source>%n min</source>
        <extracomment>A span of time, short: 5 minutes</extracomment>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <extracomment>A span of time, short: 2 hours</extracomment>
        <translation>
            <numerusform>%n 時間</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <extracomment>A span of time, short: 3 days</extracomment>
        <translation>
            <numerusform>%n 日</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n か月</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <extracomment>%1 is a span of time: &quot;2 h&quot;</extracomment>
        <translation>%1前</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 時間</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 日</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::Toast</name>
    <message>
        <source>Close the notice</source>
        <translation>通知を閉じる</translation>
    </message>
</context>
<context>
    <name>casement::TransferPage</name>
    <message>
        <source>All settings of this window as a file: for another computer, or to keep. Keys, passwords and accounts are not in it.</source>
        <translation>このウィンドウのすべての設定をファイルに保存します。別のコンピューターへの移行や控えに使えます。キー、パスワード、アカウントは含まれません。</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>エクスポート(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>インポート(&amp;I)…</translation>
    </message>
    <message>
        <source>Settings File</source>
        <extracomment>A page of the settings</extracomment>
        <translation>設定ファイル</translation>
    </message>
    <message>
        <source>Export Settings</source>
        <translation>設定のエクスポート</translation>
    </message>
    <message>
        <source>Import Settings</source>
        <translation>設定のインポート</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>The settings are in %1.</source>
        <translation>設定を %1 に保存しました。</translation>
    </message>
    <message>
        <source>Left out, since they look like keys: %1.</source>
        <translation>キーのように見えるため含めませんでした：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>list separator</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>ほか %Ln 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this file changes a setting.</source>
        <translation>このファイルで変わる設定はありません。</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln setting(s)?</source>
        <translation>
            <numerusform>%Ln 件の設定を変更しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Take Over</source>
        <translation>取り込む(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Take Over and Delete</source>
        <translation>取り込んで削除する(&amp;T)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) were changed:</source>
        <translation>
            <numerusform>%Ln 件の設定を変更しました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::TrayIcon</name>
    <message>
        <source>Casement</source>
        <translation>Casement</translation>
    </message>
    <message numerus="yes">
        <source>Casement: %Ln case(s) with answers that nobody has read</source>
        <translation>
            <numerusform>Casement：未読の回答があるケース %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Open Casement</source>
        <translation>Casement を開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;New case…</source>
        <translation>新しいケース(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Refresh all</source>
        <translation>すべて更新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Recent &amp;cases</source>
        <translation>最近のケース(&amp;C)</translation>
    </message>
</context>
<context>
    <name>casement::UnlistedDialog</name>
    <message>
        <source>&amp;Delete This Account&apos;s Data…</source>
        <translation>このアカウントのデータを削除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Add to the List…</source>
        <translation>一覧に追加(&amp;A)…</translation>
    </message>
    <message>
        <source>Data of Accounts That Are Not in the List</source>
        <translation>一覧にないアカウントのデータ</translation>
    </message>
    <message>
        <source>Accounts that are not in the list</source>
        <translation>一覧にないアカウント</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>ケース</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>下書き</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <comment>column</comment>
        <translation>更新</translation>
    </message>
    <message>
        <source>never</source>
        <comment>refreshed</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>There is no data of other accounts.</source>
        <translation>ほかのアカウントのデータはありません。</translation>
    </message>
    <message>
        <source>It is open in this window, since the command line or the environment names it. Start Casement without that to delete its data.</source>
        <translation>コマンドラインか環境変数で指定されているため、このウィンドウで開いています。データを削除するには、その指定なしで Casement を起動してください。</translation>
    </message>
    <message>
        <source>Nobody can tell how this account was reached, so its data can only be deleted.</source>
        <translation>このアカウントにどう接続していたかはわからないため、できるのはデータの削除だけです。</translation>
    </message>
    <message>
        <source>It can be added again with its profile, and finds its cases then.</source>
        <translation>元のプロファイルで追加し直せます。ケースはそのまま引き継がれます。</translation>
    </message>
    <message>
        <source>It can be added again with keys of this account, and finds its cases then.</source>
        <translation>このアカウントのキーで追加し直せます。ケースはそのまま引き継がれます。</translation>
    </message>
    <message>
        <source>Delete Data</source>
        <translation>データの削除</translation>
    </message>
    <message>
        <source>Delete the data of “%1”?</source>
        <translation>「%1」のデータを削除しますか？</translation>
    </message>
    <message>
        <source>%1 and %2, with messages, notes and downloaded files, are gone from this computer for good. Nothing is deleted at AWS.</source>
        <extracomment>%1: so many cases, %2: so many drafts</extracomment>
        <translation>%1と%2が、メッセージ、メモ、ダウンロードしたファイルとともに、このコンピューターから完全に削除されます。AWS からは何も削除されません。</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>ケース %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>下書き %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Delete the Data</source>
        <translation>データを削除(&amp;D)</translation>
    </message>
</context>
<context>
    <name>casement::UnstoredQuestion</name>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) that you wrote are not stored, and would be lost.</source>
        <translation>
            <numerusform>入力した文章 %Ln 件が保存されておらず、このままでは失われます。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save in Another Place…</source>
        <translation>別の場所に保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit and Lose It</source>
        <translation>破棄して終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Save What Is Not Stored</source>
        <translation>未保存の内容を保存</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>テキスト (*.txt)</translation>
    </message>
    <message>
        <source>Casement drafts</source>
        <comment>name of a file</comment>
        <translation>Casement の下書き</translation>
    </message>
    <message>
        <source>New case of %1: %2</source>
        <translation>%1 の新しいケース：%2</translation>
    </message>
    <message>
        <source>Reply to case %1 of %2</source>
        <translation>%2 のケース %1 への返信</translation>
    </message>
    <message>
        <source>The disk, or another program that uses the archive, takes too long.</source>
        <translation>ディスク、またはアーカイブを使用している別のプログラムに時間がかかっています。</translation>
    </message>
</context>
<context>
    <name>casement::UploadFilesJob</name>
    <message>
        <source>Uploading files to %1</source>
        <translation>%1 にファイルをアップロードしています</translation>
    </message>
    <message>
        <source>Uploading %1 to %2</source>
        <translation>%1 を %2 にアップロードしています</translation>
    </message>
</context>
<context>
    <name>casement::UploadJob</name>
    <message>
        <source>Uploading %1</source>
        <translation>%1 をアップロードしています</translation>
    </message>
</context>
<context>
    <name>casement::Violation</name>
    <message>
        <source>%1 is missing.</source>
        <translation>%1 がありません。</translation>
    </message>
    <message>
        <source>%1 is too short: its length is %3, at least %2.</source>
        <translation>%1 は %2 文字以上でなければなりませんが、%3 文字です。</translation>
    </message>
    <message>
        <source>%1 is too long: its length is %3, at most %2.</source>
        <translation>%1 は %2 文字以内でなければなりませんが、%3 文字です。</translation>
    </message>
    <message>
        <source>%1 has too few items: %3, at least %2.</source>
        <translation>%1 は %2 件以上でなければなりませんが、%3 件です。</translation>
    </message>
    <message>
        <source>%1 has too many items: %3, at most %2.</source>
        <translation>%1 は %2 件以内でなければなりませんが、%3 件です。</translation>
    </message>
    <message>
        <source>%1 must be at least %2, but is %3.</source>
        <translation>%1 は %2 以上でなければなりませんが、%3 です。</translation>
    </message>
    <message>
        <source>%1 must be at most %2, but is %3.</source>
        <translation>%1 は %2 以下でなければなりませんが、%3 です。</translation>
    </message>
</context>
<context>
    <name>casement::WelcomePage</name>
    <message>
        <source>Welcome to Casement</source>
        <translation>Casement へようこそ</translation>
    </message>
    <message>
        <source>Your AWS Support cases in one window: all accounts, every message, also offline.</source>
        <translation>AWS Support のケースをひとつのウィンドウで。すべてのアカウント、すべてのメッセージを、オフラインでも。</translation>
    </message>
    <message>
        <source>Try the &amp;demo account</source>
        <translation>デモアカウントを試す(&amp;D)</translation>
    </message>
    <message>
        <source>A made-up company with a year of cases. Nothing leaves this computer.</source>
        <translation>架空の会社の 1 年分のケースです。データがこのコンピューターの外に出ることはありません。</translation>
    </message>
    <message>
        <source>Enter Access &amp;Keys…</source>
        <translation>アクセスキーを入力(&amp;K)…</translation>
    </message>
    <message>
        <source>Keys go to the keychain of this computer and nowhere else.</source>
        <translation>キーはこのコンピューターのキーチェーンだけに保存されます。</translation>
    </message>
    <message>
        <source>&amp;Use Profiles</source>
        <translation>プロファイルを使う(&amp;U)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Use %Ln Profile(s)</source>
        <translation>
            <numerusform>%Ln 個のプロファイルを使う(&amp;U)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Read %n Draft(s) of Removed Accounts</source>
        <translation>
            <numerusform>削除したアカウントの下書き %n 件を読む(&amp;R)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casement::WindowMenus</name>
    <message>
        <source>%1 (%2)</source>
        <comment>action and key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Search cases…</source>
        <translation>ケースを検索…</translation>
    </message>
    <message>
        <source>Search</source>
        <extracomment>The hint of the search field where it is narrow</extracomment>
        <translation>検索</translation>
    </message>
    <message>
        <source>&amp;Send Reply</source>
        <translation>返信を送信(&amp;S)</translation>
    </message>
    <message>
        <source>Chec&amp;k Reply</source>
        <translation>返信を確認(&amp;K)</translation>
    </message>
    <message>
        <source>Add &amp;CC Addresses</source>
        <translation>CC アドレスを追加(&amp;C)</translation>
    </message>
    <message>
        <source>Use a &amp;Template…</source>
        <translation>テンプレートを使用(&amp;T)…</translation>
    </message>
    <message>
        <source>Reply Being &amp;Written</source>
        <translation>作成中の返信(&amp;W)</translation>
    </message>
</context>
<context>
    <name>casement::XlsxWriter</name>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Check ID</source>
        <translation>チェック ID</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>チェック</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>問題あり</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>Suppressed</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Processed</source>
        <translation>処理済み</translation>
    </message>
    <message>
        <source>Monthly savings (USD)</source>
        <translation>月間節約額（USD）</translation>
    </message>
    <message>
        <source>Timestamp</source>
        <translation>タイムスタンプ</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>シート</translation>
    </message>
</context>
<context>
    <name>casement::ZipJob</name>
    <message>
        <source>Compressing %1</source>
        <translation>%1 を圧縮しています</translation>
    </message>
</context>
<context>
    <name>casement::dialogs</name>
    <message>
        <source>Open an unprotected page?</source>
        <translation>保護されていないページを開きますか？</translation>
    </message>
    <message>
        <source>This address is not encrypted (http). Others in the network can read and change what it shows.</source>
        <translation>このアドレスは暗号化されていません（http）。同じネットワークの第三者が内容を読んだり書き換えたりできます。</translation>
    </message>
    <message>
        <source>Attach Files</source>
        <translation>ファイルを添付</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>添付</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message>
        <source>&amp;Open in the Browser</source>
        <translation>ブラウザーで開く(&amp;O)</translation>
    </message>
    <message>
        <source>Nothing Opens It</source>
        <translation>開けませんでした</translation>
    </message>
    <message>
        <source>It could not be opened: nothing on this computer opens files and folders for other programs. Copy its path to open it yourself.</source>
        <translation>開けませんでした。ファイルやフォルダーを開くプログラムがこのコンピューターにありません。パスをコピーして、ご自分で開いてください。</translation>
    </message>
    <message>
        <source>The page could not be opened: nothing on this computer opens links. Copy its address to open it in a browser.</source>
        <translation>ページを開けませんでした。リンクを開くプログラムがこのコンピューターにありません。アドレスをコピーして、ブラウザーで開いてください。</translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation>コピー(&amp;P)</translation>
    </message>
    <message>
        <source>.%1 is the ending of no format.</source>
        <translation>拡張子 .%1 に当てはまる形式はありません。</translation>
    </message>
    <message>
        <source>Nothing was written. The name of the file can end with %1, or have no ending: then it gets that of the chosen type.</source>
        <translation>何も書き込まれていません。ファイル名の拡張子は %1 のいずれかにするか、付けずにおいてください。付けない場合は、選択した種類の拡張子が付きます。</translation>
    </message>
    <message>
        <source>Choose &amp;Another Name…</source>
        <translation>別の名前を選択(&amp;A)…</translation>
    </message>
</context>
</TS>
