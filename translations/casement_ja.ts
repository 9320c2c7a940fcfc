<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>casement::AccountModel</name>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
</context>
<context>
    <name>casement::Application</name>
    <message>
        <source>It was damaged, so it was put aside as %1. Cases are fetched again.</source>
        <translation>壊れていたため、%1 として退避しました。ケースは取得し直します。</translation>
    </message>
    <message>
        <source>The picture could not be saved to %1.</source>
        <translation>画像を %1 に保存できませんでした。</translation>
    </message>
    <message>
        <source>The case list was not filled within a minute.</source>
        <translation>1 分以内にケース一覧を表示できませんでした。</translation>
    </message>
    <message>
        <source>The case list could not be filled.</source>
        <translation>ケースの一覧を表示できませんでした。</translation>
    </message>
</context>
<context>
    <name>casement::Archive</name>
    <message>
        <source>The archive is not open.</source>
        <translation>アーカイブが開かれていません。</translation>
    </message>
    <message>
        <source>The archive %1 is damaged. Set it aside; the cases are then fetched anew.</source>
        <translation>アーカイブ %1 が壊れています。退避すると、ケースを取得し直します。</translation>
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
        <source>The archive %1 cannot be written. Check the permissions of the file and its folder.</source>
        <translation>アーカイブ %1 に書き込めません。ファイルとフォルダーの権限を確認してください。</translation>
    </message>
    <message>
        <source>Another program has been using the archive %1 for too long. Close it and try again.</source>
        <translation>別のプログラムがアーカイブ %1 を長時間使用しています。そのプログラムを終了してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The disk is full. Make room; the next update fetches what could not be stored.</source>
        <translation>ディスクに空きがありません。空きを作ってください。保存できなかった分は次の更新で取得します。</translation>
    </message>
    <message>
        <source>The disk reports an error with the archive %1. Check the disk and the connection to it, then try again; the next update fetches what is missing.</source>
        <translation>アーカイブ %1 でディスクのエラーが報告されました。ディスクと接続を確認してから、もう一度お試しください。足りない分は次の更新で取得します。</translation>
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
        <translation>未読: %1</translation>
    </message>
</context>
<context>
    <name>casement::CaseListPage</name>
    <message>
        <source>Cases</source>
        <translation>ケース</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 case(s)</source>
        <translation>
            <numerusform>%1 件中 %n 件</numerusform>
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
        <source>Try Again</source>
        <translation>再試行</translation>
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
        <source>Refresh</source>
        <translation>更新</translation>
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
        <source>Clear Filter</source>
        <translation>絞り込みを解除</translation>
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
        <source>Show All Cases</source>
        <translation>すべてのケースを表示</translation>
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
        <translation>--theme は light、dark、system のいずれかです (「%1」は使えません)。</translation>
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
        <translation>--language は en か ja です (「%1」は使えません)。</translation>
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
        <translation>--endpoint-url には http:// または https:// で始まるアドレスを指定します (「%1」は使えません)。</translation>
    </message>
    <message>
        <source>Usage: casement [options]

Your AWS Support cases in one window.

  --demo                   run on a made-up company; nothing leaves this computer
  --profile NAME           use this profile of ~/.aws
  --endpoint-url URL       ask the service at this address
  --language en|ja         language of the window
  --theme light|dark|system
  --portable FOLDER        keep settings and the archive in this folder
  --archive FILE           use this archive
  --screenshot FILE        save a picture of the filled window, then end
  --quit-after-first-paint end as soon as the window is on screen
  --version                say the version
  --help                   say this

Without --profile, keys of the environment are used, else the profiles chosen earlier, else the default
profile. Keys are never written anywhere.
</source>
        <translation>使い方: casement [オプション]

AWS サポートのケースをひとつのウィンドウで。

  --demo                   架空の会社で試す。データは外に出ない
  --profile NAME           ~/.aws のこのプロファイルを使う
  --endpoint-url URL       このアドレスのサービスに問い合わせる
  --language en|ja         ウィンドウの言語
  --theme light|dark|system
  --portable FOLDER        設定とアーカイブをこのフォルダーに置く
  --archive FILE           このアーカイブを使う
  --screenshot FILE        表示が揃ったら画像を保存して終了する
  --quit-after-first-paint 最初の表示の直後に終了する
  --version                バージョンを表示する
  --help                   この説明を表示する

--profile がなければ、環境変数のキー、以前選んだプロファイル、既定の
プロファイルの順に使います。キーはどこにも書き込みません。
</translation>
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
        <translation>AWS サポート、%1: %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>What a screen reader says of a message: %1 is who wrote it, %2 when (&quot;2 h ago&quot;), %3 the text</extracomment>
        <translation>%1、%2: %3</translation>
    </message>
</context>
<context>
    <name>casement::ConversationPage</name>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>Case ID</source>
        <translation>ケース ID</translation>
    </message>
    <message>
        <source>Copy the case ID</source>
        <translation>ケース ID をコピー</translation>
    </message>
    <message>
        <source>Open in Support Center</source>
        <translation>サポートセンターで開く</translation>
    </message>
    <message>
        <source>Service and category</source>
        <translation>サービスとカテゴリー</translation>
    </message>
    <message>
        <source>Account, submitter and dates</source>
        <translation>アカウント、作成者、日時</translation>
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
        <source>Previous (Shift+F3)</source>
        <translation>前へ (Shift+F3)</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>次へ (F3)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>閉じる (Esc)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(件名なし)</translation>
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
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 件一致</numerusform>
        </translation>
    </message>
    <message>
        <source>CC %1</source>
        <translation>CC %1</translation>
    </message>
</context>
<context>
    <name>casement::ErrorBanner</name>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>メッセージを閉じる</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>エラーの詳細</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>casement::ErrorText</name>
    <message>
        <source>Ask who looks after the account to allow “support:*”, or the action that Details names, for these keys.</source>
        <translation>アカウントの管理者に、このキーに「support:*」または詳細に示されたアクションを許可するよう依頼してください。</translation>
    </message>
    <message>
        <source>Check the access key of this profile in ~/.aws/credentials or in the environment, then try again.</source>
        <translation>~/.aws/credentials または環境変数にあるこのプロファイルのアクセスキーを確認してから、再試行してください。</translation>
    </message>
    <message>
        <source>Nothing is lost. Casement tries again by itself in a few minutes.</source>
        <translation>失われたものはありません。数分後に自動で再試行します。</translation>
    </message>
    <message>
        <source>The support plan of this account has no access to the AWS Support API.</source>
        <translation>このアカウントのサポートプランでは AWS Support API を利用できません。</translation>
    </message>
    <message>
        <source>The API comes with AWS Business Support and above. Change the plan in Support Center, or choose another account.</source>
        <translation>API は AWS ビジネスサポート以上のプランで利用できます。サポートセンターでプランを変更するか、別のアカウントを選んでください。</translation>
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
        <source>It may be deleted, mistyped, or of another partition (China, GovCloud): then set the profile&apos;s region. Check the profile in ~/.aws, then try again.</source>
        <translation>削除されたか、入力の誤りか、別のパーティション (中国、GovCloud) のキーの可能性があります。その場合はプロファイルのリージョンを設定してください。~/.aws のプロファイルを確認してから、再試行してください。</translation>
    </message>
    <message>
        <source>The secret access key does not belong to this access key.</source>
        <translation>シークレットアクセスキーがこのアクセスキーのものではありません。</translation>
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
        <source>The temporary keys of this account have expired.</source>
        <translation>このアカウントの一時キーは有効期限が切れています。</translation>
    </message>
    <message>
        <source>Sign in again where they come from (for example “aws sso login”), then try again.</source>
        <translation>キーの発行元でもう一度サインインして (例: 「aws sso login」)、再試行してください。</translation>
    </message>
    <message>
        <source>AWS takes the request for an old one: this computer&apos;s clock is wrong.</source>
        <translation>AWS はリクエストを古いものと判断しました。このコンピューターの時計がずれています。</translation>
    </message>
    <message>
        <source>Set the clock of this computer, then try again.</source>
        <translation>このコンピューターの時計を合わせてから、再試行してください。</translation>
    </message>
    <message>
        <source>AWS asks for fewer requests at the moment.</source>
        <translation>AWS がリクエストを減らすよう求めています。</translation>
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
        <source>AWS Support does not answer at the moment.</source>
        <translation>AWS サポートは現在応答していません。</translation>
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
        <source>AWS could not read the request.</source>
        <translation>AWS はリクエストを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Please report this with the details below.</source>
        <translation>下の詳細を添えてご報告ください。</translation>
    </message>
    <message>
        <source>The local archive could not be used.</source>
        <translation>ローカルのアーカイブを使用できませんでした。</translation>
    </message>
    <message>
        <source>A file could not be read or written.</source>
        <translation>ファイルを読み書きできませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) could not be refreshed.</source>
        <translation>
            <numerusform>%n 個のアカウントを更新できませんでした。</numerusform>
        </translation>
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
        <source>The request breaks a rule of the service; nothing was sent.</source>
        <translation>リクエストがサービスの規則に反しているため、何も送信していません。</translation>
    </message>
    <message>
        <source>The request breaks a rule of the service; nothing was sent: %1</source>
        <translation>リクエストがサービスの規則に反しているため、何も送信していません: %1</translation>
    </message>
    <message>
        <source>No access keys were found.</source>
        <translation>アクセスキーが見つかりません。</translation>
    </message>
    <message>
        <source>A file with keys or settings can&apos;t be read.</source>
        <translation>キーまたは設定のファイルを読み取れません。</translation>
    </message>
    <message>
        <source>A file with keys or settings can&apos;t be read: %1</source>
        <translation>キーまたは設定のファイルを読み取れません: %1</translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation>%1 に接続できません。</translation>
    </message>
    <message>
        <source>Host not found: %1.</source>
        <translation>ホストが見つかりません: %1</translation>
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
        <translation>%1 の証明書を受け入れられませんでした: %2</translation>
    </message>
    <message>
        <source>The proxy did not let the request through.</source>
        <translation>プロキシがリクエストを通しませんでした。</translation>
    </message>
    <message>
        <source>The proxy did not let the request through: %1</source>
        <translation>プロキシがリクエストを通しませんでした: %1</translation>
    </message>
    <message>
        <source>The answer of %1 points to another address, which Casement does not follow.</source>
        <translation>%1 の応答は別のアドレスを指しています。Casement は転送に従いません。</translation>
    </message>
    <message>
        <source>A proxy or a sign-in page answered, not AWS (status %1).</source>
        <translation>AWS ではなく、プロキシまたはサインインページが応答しました (状態 %1)。</translation>
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
        <source>AWS Support does not work at the moment (status %1).</source>
        <translation>AWS サポートは現在利用できません (状態 %1)。</translation>
    </message>
    <message>
        <source>AWS Support does not work at the moment.</source>
        <translation>AWS サポートは現在利用できません。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong, so AWS refuses its requests.</source>
        <translation>このコンピューターの時計がずれているため、AWS がリクエストを拒否しています。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong, so AWS refuses its requests: %1</source>
        <translation>このコンピューターの時計がずれているため、AWS がリクエストを拒否しています: %1</translation>
    </message>
    <message>
        <source>AWS refused it: %1 (%2).</source>
        <translation>AWS が拒否しました: %1 (%2)</translation>
    </message>
    <message>
        <source>AWS refused it.</source>
        <translation>AWS が拒否しました。</translation>
    </message>
    <message>
        <source>AWS refused it (%1).</source>
        <translation>AWS が拒否しました (%1)。</translation>
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
        <source>Correct the file, then try again.</source>
        <translation>ファイルを修正してから、再試行してください。</translation>
    </message>
    <message>
        <source>Check the network. What you see is what was known at the last refresh.</source>
        <translation>ネットワークを確認してください。表示しているのは最後に更新したときの内容です。</translation>
    </message>
    <message>
        <source>In a company network, set AWS_CA_BUNDLE (or ca_bundle in ~/.aws/config) to the file with its certificate authority.</source>
        <translation>社内ネットワークでは、AWS_CA_BUNDLE (または ~/.aws/config の ca_bundle) に認証局のファイルを設定してください。</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and NO_PROXY, with the proxy&apos;s name and password.</source>
        <translation>HTTPS_PROXY と NO_PROXY、およびプロキシのユーザー名とパスワードを確認してください。</translation>
    </message>
    <message>
        <source>Sign in to the network if it asks for it in a browser, or check the endpoint URL, then try again.</source>
        <translation>ブラウザーでネットワークへのサインインを求められていないか、またはエンドポイントの URL を確認してから、再試行してください。</translation>
    </message>
    <message>
        <source>Try again. If it stays, send the details to AWS Support.</source>
        <translation>再試行してください。続く場合は、詳細を AWS サポートにお送りください。</translation>
    </message>
    <message>
        <source>The details name what AWS staff ask for.</source>
        <translation>AWS の担当者が必要とする情報は詳細にあります。</translation>
    </message>
    <message>
        <source>Check free space and rights of the folder, then start Casement again.</source>
        <translation>フォルダーの空き容量と権限を確認してから、Casement を起動し直してください。</translation>
    </message>
    <message>
        <source>Check free space and rights of the folder, then try again.</source>
        <translation>フォルダーの空き容量と権限を確認してから、再試行してください。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>label and value</comment>
        <extracomment>A label and its value: &quot;Request ID: 0a1b…&quot;</extracomment>
        <translation>%1: %2</translation>
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
        <source>Request ID</source>
        <translation>リクエスト ID</translation>
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
        <source>Find &amp;Previous</source>
        <translation>前を検索(&amp;P)</translation>
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
        <source>About &amp;Qt</source>
        <translation>Qt について(&amp;Q)</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>すべてのアカウント</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>About Casement</source>
        <translation>Casement について</translation>
    </message>
    <message>
        <source>Casement %1</source>
        <translation>Casement %1</translation>
    </message>
    <message>
        <source>A desktop client for AWS Support. Not made by Amazon.
Apache License 2.0. Built on Qt %1.</source>
        <translation>AWS サポートのデスクトップクライアントです。Amazon の製品ではありません。
Apache License 2.0。Qt %1 を使用しています。</translation>
    </message>
    <message>
        <source>Casement</source>
        <translation>Casement</translation>
    </message>
    <message>
        <source>Search cases…  Ctrl+F</source>
        <translation>ケースを検索…  Ctrl+F</translation>
    </message>
    <message>
        <source>Search cases</source>
        <translation>ケースを検索</translation>
    </message>
    <message>
        <source>Type to filter the list. Enter searches all messages.</source>
        <translation>入力すると一覧を絞り込みます。Enter ですべてのメッセージを検索します。</translation>
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
</context>
<context>
    <name>casement::MessageWriter</name>
    <message>
        <source>Hide footer</source>
        <translation>フッターを隠す</translation>
    </message>
    <message>
        <source>Show footer</source>
        <translation>フッターを表示</translation>
    </message>
    <message>
        <source>AWS Support</source>
        <translation>AWS サポート</translation>
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
        <source>Work in progress</source>
        <translation>対応中</translation>
    </message>
    <message>
        <source>Pending customer action</source>
        <translation>お客様の対応待ち</translation>
    </message>
    <message>
        <source>Customer action completed</source>
        <translation>お客様の対応完了</translation>
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
        <source>Pending Amazon action</source>
        <translation>Amazon の対応待ち</translation>
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
        <translation>中国語 (繁体字)</translation>
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
        <translation>ポルトガル語 (ブラジル)</translation>
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
        <translation>一般的な質問</translation>
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
        <translation>サービス上限の引き上げ</translation>
    </message>
    <message>
        <source>Yours</source>
        <extracomment>Whose turn it is to answer: the person&apos;s own</extracomment>
        <translation>お客様</translation>
    </message>
    <message>
        <source>AWS</source>
        <extracomment>Whose turn it is to answer</extracomment>
        <translation>AWS</translation>
    </message>
    <message>
        <source>Yours for %1</source>
        <extracomment>The case waits for the person&apos;s answer since a span of time: &quot;Yours for 2 h&quot;</extracomment>
        <translation>お客様の番 (%1)</translation>
    </message>
    <message>
        <source>AWS for %1</source>
        <extracomment>The case waits for AWS&apos;s answer since a span of time: &quot;AWS for 1 d&quot;</extracomment>
        <translation>AWS の番 (%1)</translation>
    </message>
</context>
<context>
    <name>casement::SearchModel</name>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>What a screen reader says of a search result: subject, account, excerpt</extracomment>
        <translation>%1、%2: %3</translation>
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
    <message numerus="yes">
        <source>%n message(s) found for “%1”</source>
        <translation>
            <numerusform>「%1」で %n 件のメッセージが見つかりました</numerusform>
        </translation>
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
        <source>Back to the List</source>
        <translation>一覧に戻る</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>No message that was ever stored here has all these words.</source>
        <translation>ここに保存されたメッセージの中に、これらの語をすべて含むものはありません。</translation>
    </message>
</context>
<context>
    <name>casement::SidebarModel</name>
    <message>
        <source>Needs reply</source>
        <translation>返信が必要</translation>
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
</context>
<context>
    <name>casement::StatusPanel</name>
    <message>
        <source>No account yet</source>
        <translation>アカウントがまだありません</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s)</source>
        <translation>
            <numerusform>%n アカウント</numerusform>
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
</context>
<context>
    <name>casement::SyncJob</name>
    <message>
        <source>Updating cases of %1</source>
        <translation>%1 のケースを更新中</translation>
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
</context>
<context>
    <name>casement::WelcomePage</name>
    <message>
        <source>Welcome to Casement</source>
        <translation>Casement へようこそ</translation>
    </message>
    <message>
        <source>Your AWS Support cases in one window: all accounts, every message, also offline.</source>
        <translation>AWS サポートのケースをひとつのウィンドウで。すべてのアカウント、すべてのメッセージを、オフラインでも。</translation>
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
        <source>&amp;Profiles found in ~/.aws</source>
        <translation>~/.aws にあるプロファイル(&amp;P)</translation>
    </message>
    <message>
        <source>Profiles found in ~/.aws</source>
        <translation>~/.aws にあるプロファイル</translation>
    </message>
    <message>
        <source>&amp;Use this profile</source>
        <translation>このプロファイルを使う(&amp;U)</translation>
    </message>
    <message>
        <source>Or start Casement with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in its environment.</source>
        <translation>または、環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定して Casement を起動してください。</translation>
    </message>
    <message>
        <source>The files of ~/.aws can&apos;t be read: %1</source>
        <translation>~/.aws のファイルを読み取れません: %1</translation>
    </message>
    <message>
        <source>No profile was found in ~/.aws. “aws configure” makes one.</source>
        <translation>~/.aws にプロファイルがありません。「aws configure」で作成できます。</translation>
    </message>
</context>
<context>
    <name>casement::dialogs</name>
    <message>
        <source>Open an unprotected page?</source>
        <translation>保護されていないページを開きますか?</translation>
    </message>
    <message>
        <source>This address is not encrypted (http). Others in the network can read and change what it shows.</source>
        <translation>このアドレスは暗号化されていません (http)。同じネットワークの第三者が内容を読んだり書き換えたりできます。</translation>
    </message>
    <message>
        <source>Open in the Browser</source>
        <translation>ブラウザーで開く</translation>
    </message>
</context>
</TS>
