//! Credentials of every format that is known, drawn by lot. They are put together here, so that nobody who searches the sources
//! for credentials finds any.

/// Numbers that look random and are the same in each run.
pub(crate) struct Lots(u64);

impl Lots {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub(crate) fn text(&mut self, letters: &str, length: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        (0..length).map(|_| self.one(&letters)).collect()
    }
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

/// A credential: the text in which it can be known, and the parts of it that no output may show.
#[derive(Debug, Clone)]
pub(crate) struct Credential {
    pub(crate) text: String,
    pub(crate) secrets: Vec<String>,
}

/// A format: its name, and its pattern. In braces stand a class of characters and how many of them.
pub(crate) type Format = (&'static str, &'static str);

/// Formats that have a shape of their own.
pub(crate) const SHAPES: [Format; 84] = [
    ("aws", "AKIA{C16}"),
    ("aws-temporary", "ASIA{C16}"),
    ("github", "ghp_{A36}"),
    ("github-oauth", "gho_{A36}"),
    ("github-fine", "github_pat_{A22}_{A59}"),
    ("gitlab", "glpat-{U20}"),
    ("slack-bot", "xoxb-{D12}-{D12}-{A24}"),
    ("slack-app", "xapp-1-{C11}-{D13}-{H64}"),
    ("slack-webhook", "https://hooks.slack.com/services/T{C10}/B{C10}/{A24}"),
    ("slack-workflow", "https://hooks.slack.com/workflows/{A44}"),
    ("slack-trigger", "https://hooks.slack.com/triggers/{A48}"),
    ("openai", "sk-{A48}"),
    ("openai-project", "sk-proj-{U74}T3BlbkFJ{U74}"),
    ("openai-service", "sk-svcacct-{U74}T3BlbkFJ{U74}"),
    ("openai-admin", "sk-admin-{U74}T3BlbkFJ{U74}"),
    ("anthropic", "sk-ant-api03-{U93}AA"),
    ("anthropic-admin", "sk-ant-admin01-{U93}AA"),
    ("openrouter", "sk-or-v1-{H64}"),
    ("groq", "gsk_{A52}"),
    ("xai", "xai-{A80}"),
    ("nvidia", "nvapi-{U64}"),
    ("perplexity", "pplx-{A48}"),
    ("tavily", "tvly-{A32}"),
    ("huggingface", "hf_{A34}"),
    ("google", "AIza{U35}"),
    ("google-secret", "GOCSPX-{U28}"),
    ("stripe", "sk_live_{A24}"),
    ("stripe-test", "sk_test_{A24}"),
    ("webhook-secret", "whsec_{A32}"),
    ("npm", "npm_{A36}"),
    ("docker", "dckr_pat_{U27}"),
    ("vault", "hvs.{U90}"),
    ("vault-batch", "hvb.{U140}"),
    ("digitalocean", "dop_v1_{H64}"),
    ("digitalocean-oauth", "doo_v1_{H64}"),
    ("grafana", "glsa_{A32}_{H8}"),
    ("grafana-cloud", "glc_{B80}"),
    ("linear", "lin_api_{A40}"),
    ("shopify", "shpat_{H32}"),
    ("shopify-shared", "shpss_{H32}"),
    ("sendgrid", "SG.{U22}.{U43}"),
    ("entra", "{A3}8Q~{U34}"),
    ("entra-other-digit", "{A3}3Q~{U32}"),
    ("teams", "https://tides.webhook.office.com/webhookb2/{G}@{G}/IncomingWebhook/{H32}/{G}"),
    ("logic-app", "https://tides.logic.azure.com/workflows/x?api-version=1&sig={U43}"),
    ("discord", "https://discord.com/api/webhooks/{D18}/{U68}"),
    ("telegram", "{D10}:AA{U33}"),
    ("telegram-url", "https://api.telegram.org/bot{D10}:A{U34}/sendMessage"),
    ("replicate", "r8_{A37}"),
    ("langsmith", "lsv2_pt_{H32}_{H10}"),
    ("pinecone", "pcsk_{A6}_{A63}"),
    ("supabase", "sbp_{H40}"),
    ("supabase-secret", "sb_secret_{U31}"),
    ("databricks", "dapi{H32}"),
    ("notion", "ntn_{D11}{A35}"),
    ("notion-old", "secret_{A43}"),
    ("bedrock", "ABSK{B120}"),
    ("gitlab-deploy", "gldt-{U20}"),
    ("gitlab-runner", "glrt-{U20}"),
    ("gitlab-trigger", "glptt-{H40}"),
    ("gitlab-job", "glcbt-{A4}_{U20}"),
    ("gitlab-agent", "glagent-{U50}"),
    ("postman", "PMAK-{H24}-{H34}"),
    ("newrelic", "NRAK-{C27}"),
    ("airtable", "pat{A14}.{H64}"),
    ("okta", "SSWS 00{U40}"),
    ("sentry", "sntryu_{H64}"),
    ("doppler", "dp.pt.{L43}"),
    ("terraform", "{L14}.atlasv1.{L64}"),
    ("pulumi", "pul-{H40}"),
    ("prefect", "pnu_{A36}"),
    ("planetscale", "pscale_tkn_{U43}"),
    ("artifactory", "AKCp{A69}"),
    ("square", "EAAA{U60}"),
    ("twilio", "SK{H32}"),
    ("fly", "fo1_{U43}"),
    ("heroku", "HRKU-AA{U58}"),
    ("rubygems", "rubygems_{H48}"),
    ("readme", "rdme_{L70}"),
    ("typeform", "tfp_{U59}"),
    ("harness", "pat.{A22}.{A24}.{A20}"),
    ("octopus", "API-{C26}"),
    ("jwt", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.{J}.{U86}"),
    ("private-key", "-----BEGIN PRIVATE KEY-----\\n{K}\\n-----END PRIVATE KEY-----"),
];

/// The same where what is around the credential gives it away.
pub(crate) const PLACED: [Format; 8] = [
    ("bearer", "Bearer {A40}"),
    ("basic", "Basic {W}"),
    ("user-info", "https://tides:{P14}@tides.example.com/a2a"),
    ("user-info-foreign", "postgres://tides:{F12}@db.example.com:5432/x"),
    ("query", "https://tides.example.com/a2a?x=1&api_key={A32}"),
    ("query-prefixed", "https://tides.example.com/a2a?githubToken={A32}#x"),
    ("connection-string", "AccountName=tides;AccountKey={B86}==;EndpointSuffix=core.windows.net"),
    ("prose", "log in with password={P14} or api_key={A32}"),
];

/// Formats that only a name gives away, each with its name.
pub(crate) const NAMED: [(&str, &str); 20] = [
    ("apiKey", "{A32}"),
    ("OPENAI_API_KEY", "{A40}"),
    ("githubToken", "{A40}"),
    ("Authorization", "{A40}"),
    ("x-functions-key", "{U54}"),
    ("cohereApiKey", "{A40}"),
    ("PINECONE_API_KEY", "{G}"),
    ("client_secret", "{A32}"),
    ("AZURE_CLIENT_SECRET", "{U40}"),
    ("aws_secret_access_key", "{B40}"),
    ("webhookSecret", "{H32}"),
    ("Ocp-Apim-Subscription-Key", "{H32}"),
    ("refresh_token", "{U64}"),
    ("dbPassword", "{P14}"),
    ("password", "{F12}"),
    ("passphrase", "{P16}"),
    ("APIKEY", "{A32}"),
    ("stripeSecretKey", "{A32}"),
    ("credentials", "{A32}"),
    ("x-api-token", "{A40}"),
];

/// A credential of a pattern.
pub(crate) fn credential(pattern: &str, lots: &mut Lots) -> Credential {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (class, behind) = after.split_once('}').unwrap();
        let drawn = drawn(class, lots);
        text.push_str(before);
        text.push_str(&drawn);
        secrets.push(drawn);
        rest = behind;
    }
    text.push_str(rest);
    secrets.retain(|secret| secret.chars().count() >= 8);
    Credential { text, secrets }
}

fn drawn(class: &str, lots: &mut Lots) -> String {
    let length = class[1..].parse().unwrap_or(0);
    let all = [LOWER, UPPER, DIGITS].concat();
    match &class[..1] {
        "A" => lots.text(&all, length),
        "B" => lots.text(&format!("{all}+/"), length),
        "C" => lots.text(&format!("{UPPER}{DIGITS}"), length),
        "D" => lots.text("123456789", 1) + &lots.text(DIGITS, length - 1),
        "H" => lots.text("0123456789abcdef", length),
        "L" => lots.text(&format!("{LOWER}{DIGITS}"), length),
        "U" => lots.text(&format!("{all}-_"), length - 1) + &lots.text(&all, 1),
        "G" => [8, 4, 4, 4, 12].map(|length| lots.text("0123456789abcdef", length)).join("-"),
        // Passwords have characters of each class.
        "P" => ["aB3!".to_owned(), lots.text(&format!("{all}!%.-+"), length - 4)].concat(),
        "F" => ["7".to_owned(), lots.text("\u{44f}\u{431}\u{42e}\u{e4}\u{df}\u{3bb}\u{4e2d}\u{6587}\u{d55c}\u{20ac}\u{1f511}\u{10348}x4", length - 1)].concat(),
        "J" => base64(&format!("{{\"iss\":\"{}\",\"sub\":\"{}\"}}", lots.text(LOWER, 12), lots.text(DIGITS, 12))),
        "K" => (0..12).map(|_| lots.text(&format!("{all}+/"), 64)).collect::<Vec<_>>().join("\\n"),
        "W" => base64(&format!("tides:aB3!{}", lots.text(&all, 14))),
        other => panic!("{other}"),
    }
}

fn base64(text: &str) -> String {
    let letters: Vec<char> = format!("{UPPER}{LOWER}{DIGITS}-_").chars().collect();
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits =
            chunk.iter().fold(0usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).for_each(|at| out.push(letters[bits >> (18 - 6 * at) & 63]));
    }
    out
}

/// Places for a credential with a shape of its own.
pub(crate) const PLACES: [&str; 25] = [
    r#""description": "@""#,
    r#""description": "call it with @ in a header.""#,
    r#""description": "key:@,""#,
    r#""version": "@""#,
    r#""url": "@""#,
    r#""documentationUrl": "@""#,
    r#""@": 1"#,
    r#""apiKey": "@""#,
    r#""x": ["a", "@"]"#,
    r#""x": {"y": {"z": "@"}}"#,
    r#""provider": {"organization": "@", "url": "https://tides.example.com"}"#,
    r#""skills": [{"id": "a", "name": "A", "description": "@", "tags": ["x"]}]"#,
    r#""skills": [{"id": "@", "name": "A", "description": "d", "tags": ["x"]}]"#,
    r#""skills": [{"id": "a", "name": "A", "description": "d", "tags": ["@"]}]"#,
    r#""skills": [{"id": "a", "name": "A", "description": "d", "tags": ["x"], "examples": ["use @"]}]"#,
    r#""defaultInputModes": ["@"]"#,
    r#""capabilities": {"extensions": [{"uri": "https://tides.example.com/x/v1", "params": {"env": {"A": "@"}}}]}"#,
    r#""capabilities": {"extensions": [{"uri": "@"}]}"#,
    r#""securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "@"}}"#,
    r#""securitySchemes": {"@": {"type": "http", "scheme": "bearer"}}"#,
    r#""security": [{"@": []}]"#,
    r#""headers": [{"name": "x", "value": "@"}]"#,
    r#""preferredTransport": "@""#,
    r#""iconUrl": "@", "protocol_version": "@""#,
    r#""x": "(@)", "name": "Tides""#,
];

/// Places for a value, `@`, that its name, `#`, gives away.
pub(crate) const NAMED_PLACES: [&str; 25] = [
    r##""#": "@""##,
    r##""#" : "@", "x": 1"##,
    r##""x": {"#":"@"}"##,
    r##""x": {"y": {"#": "@"}}"##,
    r##""capabilities": {"extensions": [{"uri": "https://tides.example.com/x/v1", "params": {"env": {"#": "@"}}}]}"##,
    r##""capabilities": {"extensions": [{"uri": "https://tides.example.com/x/v1", "params": {"#": "@"}}]}"##,
    r##""#": ["@"]"##,
    r##""#": ["@", "@"]"##,
    r##""#": {"value": "@"}"##,
    r##""#": {"type": "string", "default": "@"}"##,
    r##""headers": [{"name": "#", "value": "@"}]"##,
    r##""headers": [{"value": "@", "name": "#"}]"##,
    r##""headers": {"#": "@"}"##,
    r##""variable": [{"key": "#", "value": "@"}]"##,
    r##""description": "start it with #=@ please""##,
    r##""description": "#: @""##,
    r##""x": ["#=@"]"##,
    r##""x": "{\"#\": \"@\"}""##,
    r##""x": "{\"y\": [{\"#\":\"@\"}]}""##,
    r##""x": "{\"y\": \"{\\\"#\\\": \\\"@\\\"}\"}""##,
    r##""skills": [{"id": "a", "name": "A", "description": "d", "tags": ["x"], "#": "@"}]"##,
    r##""provider": {"organization": "x", "url": "https://tides.example.com", "#": "@"}"##,
    r##""authentication": {"schemes": ["x"], "#": "@"}"##,
    r##""securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "X-K", "#": "@"}}"##,
    r##""#": "  @ ""##,
];
