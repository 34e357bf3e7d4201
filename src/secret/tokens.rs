//! Credentials that are known by how they start: one table, with the source of each row.

use super::SecretKind;
use super::judge::{is_fragment, is_random, is_sample};
use super::text::{Hit, cleaned, is_cut, is_word, joined, run};
use super::view::View;

/// A token that shows by its start whose it is.
pub(super) struct Token {
    pub(super) prefix: &'static str,
    what: &'static str,
    /// What follows: of which characters, and how many there are at least.
    body: (Letters, usize),
    /// Where the shape comes from. Tests hold that each row has one, and nothing else reads it.
    #[cfg_attr(not(test), allow(dead_code, reason = "the table is also documentation"))]
    pub(super) source: Source,
}

/// Where the shape of a credential is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A rule of gitleaks (`config/gitleaks.toml`), by its id.
    Gitleaks(&'static str),
    /// The documentation of who issues it.
    Vendor(&'static str),
    /// Keys as they are seen in use: no document states the shape.
    Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Capitals and digits, exactly as many as said.
    Capitals,
    /// Hexadecimal digits.
    Hex,
    /// Letters and digits.
    Plain,
    /// Letters, digits, `-` and `_`.
    Url,
    /// The same, and `+`, `/` and `=`.
    Base64,
    /// The same as `Url`, and what stands between the parts of a path or of a dotted token.
    Parts,
    /// As `Url`; the prefix is so short that the rest has to look drawn by lot.
    Random,
}

const fn token(
    prefix: &'static str,
    what: &'static str,
    letters: Letters,
    least: usize,
    source: Source,
) -> Token {
    Token { prefix, what, body: (letters, least), source }
}

use Letters::{Base64, Capitals, Hex, Parts, Plain, Random, Url};
use Source::{Gitleaks, Seen, Vendor};

/// Where two start alike, the longer one comes first. Else the order, here and in the table of the other markers, is for
/// speed alone: the search takes every sixteenth together and looks at more letters where one of them may start, so those
/// are together that are seldom mistaken for words of a card. `bench/markers` finds the order.
pub(super) static TOKENS: [Token; 102] = [
    token("gsk_", "a Groq API key", Random, 40, Seen),
    token("pypi-AgE", "a PyPI token", Url, 50, Gitleaks("pypi-upload-token")),
    token("nvapi-", "an NVIDIA API key", Url, 40, Seen),
    token("xai-", "an xAI API key", Random, 40, Seen),
    token("sk-ant-", "an Anthropic API key", Url, 20, Gitleaks("anthropic-api-key")),
    token("sk-or-", "an OpenRouter API key", Url, 20, Seen),
    token("glpat-", "a GitLab token", Parts, 20, Gitleaks("gitlab-pat")),
    token("ghp_", "a GitHub token", Plain, 30, Gitleaks("github-pat")),
    token(
        "hooks.slack.com/services/",
        "the address of a Slack webhook",
        Parts,
        40,
        Gitleaks("slack-webhook-url"),
    ),
    token("github_pat_", "a GitHub token", Url, 40, Gitleaks("github-fine-grained-pat")),
    token("sk_live_", "a Stripe key", Plain, 16, Gitleaks("stripe-access-token")),
    token("AKIA", "an AWS access key", Capitals, 16, Gitleaks("aws-access-token")),
    token("hvs.", "a Vault token", Url, 24, Gitleaks("vault-service-token")),
    token("sk-proj-", "an OpenAI API key", Url, 20, Gitleaks("openai-api-key")),
    token("ghr_", "a GitHub token", Plain, 30, Gitleaks("github-refresh-token")),
    token("lin_api_", "a Linear API key", Plain, 30, Gitleaks("linear-api-key")),
    token("glsa_", "a Grafana token", Url, 32, Gitleaks("grafana-service-account-token")),
    token("shpat_", "a Shopify token", Plain, 32, Gitleaks("shopify-access-token")),
    token("tvly-", "a Tavily API key", Random, 20, Seen),
    token("ya29.", "a Google access token", Url, 30, Seen),
    token("xoxs-", "a Slack token", Url, 20, Gitleaks("slack-legacy-token")),
    token("xoxe-", "a Slack token", Url, 20, Gitleaks("slack-config-refresh-token")),
    token("xoxe.", "a Slack token", Parts, 20, Gitleaks("slack-config-access-token")),
    token("ghs_", "a GitHub token", Plain, 30, Gitleaks("github-app-token")),
    token("ghu_", "a GitHub token", Plain, 30, Gitleaks("github-app-token")),
    token("xoxr-", "a Slack token", Url, 20, Gitleaks("slack-legacy-workspace-token")),
    token("AGE-SECRET-KEY-1", "a private age key", Plain, 50, Gitleaks("age-secret-key")),
    token("rk_live_", "a Stripe key", Plain, 16, Gitleaks("stripe-access-token")),
    token("ASIA", "a temporary AWS access key", Capitals, 16, Gitleaks("aws-access-token")),
    token("npm_", "an npm token", Plain, 36, Gitleaks("npm-access-token")),
    token("whsec_", "the secret of a webhook", Random, 24, Vendor("Standard Webhooks, Stripe")),
    token("xoxa-", "a Slack token", Url, 20, Gitleaks("slack-legacy-workspace-token")),
    token("pplx-", "a Perplexity API key", Random, 40, Gitleaks("perplexity-api-key")),
    token("sk-svcacct-", "an OpenAI API key", Url, 20, Gitleaks("openai-api-key")),
    token("sk-admin-", "an OpenAI API key", Url, 20, Gitleaks("openai-api-key")),
    token("sk-", "an API key", Random, 20, Gitleaks("openai-api-key")),
    token("xapp-", "a Slack token", Url, 20, Gitleaks("slack-app-token")),
    token("dckr_pat_", "a Docker token", Url, 20, Vendor("Docker personal access tokens")),
    token("ATATT3", "an Atlassian API token", Parts, 60, Gitleaks("atlassian-api-token")),
    token("SG.", "a SendGrid API key", Parts, 60, Gitleaks("sendgrid-api-token")),
    token("xoxp-", "a Slack token", Url, 20, Gitleaks("slack-user-token")),
    token("GOCSPX-", "a Google client secret", Url, 24, Seen),
    token("dop_v1_", "a DigitalOcean token", Plain, 60, Gitleaks("digitalocean-pat")),
    token("gho_", "a GitHub token", Plain, 30, Gitleaks("github-oauth")),
    token("AIza", "a Google API key", Url, 35, Gitleaks("gcp-api-key")),
    token("hf_", "a Hugging Face token", Plain, 30, Gitleaks("huggingface-access-token")),
    token("xoxb-", "a Slack token", Url, 20, Gitleaks("slack-bot-token")),
    token(
        "hooks.slack.com/workflows/",
        "the address of a Slack webhook",
        Parts,
        40,
        Gitleaks("slack-webhook-url"),
    ),
    token(
        "hooks.slack.com/triggers/",
        "the address of a Slack webhook",
        Parts,
        40,
        Gitleaks("slack-webhook-url"),
    ),
    token(
        "webhook.office.com/webhookb2/",
        "the address of a Teams webhook",
        Parts,
        60,
        Gitleaks("microsoft-teams-webhook"),
    ),
    token(
        "hooks.zapier.com/hooks/catch/",
        "the address of a Zapier webhook",
        Parts,
        8,
        Vendor("Zapier webhooks"),
    ),
    token("maker.ifttt.com/trigger/", "the address of an IFTTT webhook", Parts, 20, Vendor("IFTTT webhooks")),
    token("r8_", "a Replicate API token", Plain, 37, Vendor("Replicate API tokens")),
    token("lsv2_pt_", "a LangSmith API key", Url, 40, Vendor("LangSmith API keys")),
    token("lsv2_sk_", "a LangSmith API key", Url, 40, Vendor("LangSmith API keys")),
    token("pcsk_", "a Pinecone API key", Url, 60, Vendor("Pinecone API keys")),
    token("sbp_", "a Supabase token", Hex, 40, Vendor("Supabase personal access tokens")),
    token("sb_secret_", "a Supabase key", Url, 20, Vendor("Supabase API keys")),
    token("dapi", "a Databricks token", Hex, 32, Gitleaks("databricks-api-token")),
    token("ntn_", "a Notion token", Plain, 46, Gitleaks("notion-api-token")),
    token("secret_", "a Notion token", Random, 43, Vendor("Notion integrations, before 2024")),
    token("ABSK", "a Bedrock API key", Base64, 100, Gitleaks("aws-amazon-bedrock-api-key-long-lived")),
    token(
        "bedrock-api-key-",
        "a Bedrock API key",
        Base64,
        40,
        Gitleaks("aws-amazon-bedrock-api-key-short-lived"),
    ),
    token("gldt-", "a GitLab token", Url, 20, Gitleaks("gitlab-deploy-token")),
    token("glrt-", "a GitLab token", Parts, 20, Gitleaks("gitlab-runner-authentication-token")),
    token("glptt-", "a GitLab token", Hex, 40, Gitleaks("gitlab-ptt")),
    token("glft-", "a GitLab token", Url, 20, Gitleaks("gitlab-feed-token")),
    token("glcbt-", "a GitLab token", Url, 20, Gitleaks("gitlab-cicd-job-token")),
    token("gloas-", "a GitLab token", Url, 64, Gitleaks("gitlab-oauth-app-secret")),
    token("glsoat-", "a GitLab token", Url, 20, Gitleaks("gitlab-scim-token")),
    token("glagent-", "a GitLab token", Url, 50, Gitleaks("gitlab-kubernetes-agent-token")),
    token("PMAK-", "a Postman API key", Url, 59, Gitleaks("postman-api-token")),
    token("NRAK-", "a New Relic key", Capitals, 27, Gitleaks("new-relic-user-api-key")),
    token("NRII-", "a New Relic key", Url, 32, Gitleaks("new-relic-insert-key")),
    token("sntrys_", "a Sentry token", Base64, 60, Gitleaks("sentry-org-token")),
    token("sntryu_", "a Sentry token", Hex, 64, Gitleaks("sentry-user-token")),
    token("glc_", "a Grafana Cloud token", Base64, 32, Gitleaks("grafana-cloud-api-token")),
    token("dp.pt.", "a Doppler token", Plain, 40, Gitleaks("doppler-api-token")),
    token("hvb.", "a Vault token", Url, 100, Gitleaks("vault-batch-token")),
    token("pul-", "a Pulumi token", Hex, 40, Gitleaks("pulumi-api-token")),
    token("pnu_", "a Prefect API key", Plain, 36, Gitleaks("prefect-api-token")),
    token("pscale_", "a PlanetScale credential", Parts, 34, Gitleaks("planetscale-api-token")),
    token("AKCp", "an Artifactory API key", Plain, 69, Gitleaks("artifactory-api-key")),
    token("cmVmd", "an Artifactory token", Plain, 59, Gitleaks("artifactory-reference-token")),
    token("doo_v1_", "a DigitalOcean token", Hex, 64, Gitleaks("digitalocean-access-token")),
    token("dor_v1_", "a DigitalOcean token", Hex, 64, Gitleaks("digitalocean-refresh-token")),
    token("shpca_", "a Shopify token", Hex, 32, Gitleaks("shopify-custom-access-token")),
    token("shppa_", "a Shopify token", Hex, 32, Gitleaks("shopify-private-app-access-token")),
    token("shpss_", "a Shopify secret", Hex, 32, Gitleaks("shopify-shared-secret")),
    token("EAAA", "a Square token", Random, 22, Gitleaks("square-access-token")),
    token("sq0atp-", "a Square token", Url, 22, Gitleaks("square-access-token")),
    token("sk_test_", "a Stripe test key", Plain, 10, Gitleaks("stripe-access-token")),
    token("rk_test_", "a Stripe test key", Plain, 10, Gitleaks("stripe-access-token")),
    token("fo1_", "a Fly.io token", Url, 43, Gitleaks("flyio-access-token")),
    token("fm2_", "a Fly.io token", Base64, 100, Gitleaks("flyio-access-token")),
    token("HRKU-AA", "a Heroku API key", Url, 50, Gitleaks("heroku-api-key-v2")),
    token("rubygems_", "a RubyGems API key", Hex, 48, Gitleaks("rubygems-api-token")),
    token("rdme_", "a ReadMe API key", Plain, 70, Gitleaks("readme-api-token")),
    token("sgp_", "a Sourcegraph token", Url, 40, Gitleaks("sourcegraph-access-token")),
    token("tfp_", "a Typeform token", Parts, 59, Gitleaks("typeform-api-token")),
    token("API-", "an Octopus Deploy API key", Capitals, 26, Gitleaks("octopus-deploy-api-key")),
    token("ops_eyJ", "a 1Password token", Base64, 100, Gitleaks("1password-service-account-token")),
];

impl Token {
    /// The token that starts at `start`.
    pub(super) fn at(&self, view: &View<'_>, start: usize) -> Option<Hit> {
        let text = view.bytes();
        let before = text.get(..start).and_then(<[u8]>::last);
        if before.is_some_and(|byte| is_word(*byte))
            || !text.get(start..)?.starts_with(self.prefix.as_bytes())
        {
            return None;
        }
        let marker = start..start + self.prefix.len();
        let (letters, least) = self.body;
        // Where dots and slashes belong to it, it could start anew in every part.
        let head = joined(view, marker.end, 1 << 10, |byte| letters.have(byte));
        let value = cleaned(text, head.clone());
        // What the end of the text cut off is shorter.
        let is_cut = is_cut(text, &head) && is_fragment(&value);
        let is_whole = match letters {
            Capitals => value.len() == least,
            Random => is_random(&value, least),
            Hex => value.len() >= least && !text.get(head.end).is_some_and(u8::is_ascii_alphanumeric),
            _ => value.len() >= least,
        };
        ((is_whole && !is_sample(&value)) || is_cut).then(|| {
            let end = run(text, head.end, |byte| letters.have(byte)).end;
            Hit { range: marker.start..end, kind: SecretKind::Token(self.what), prefix: self.prefix }
        })
    }

    #[cfg(test)]
    pub(super) fn what(&self) -> &'static str {
        self.what
    }

    /// A body of the right shape, made of `random` letters and digits.
    #[cfg(test)]
    pub(super) fn of(&self, random: &str) -> String {
        let fit = |byte: char| match self.body.0 {
            Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Hex => byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase(),
            _ => true,
        };
        let body: String = random.chars().cycle().filter(|char| fit(*char)).take(self.body.1).collect();
        format!("{}{body}", self.prefix)
    }
}

impl Letters {
    fn have(self, byte: u8) -> bool {
        match self {
            Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Hex => byte.is_ascii_hexdigit(),
            Plain => byte.is_ascii_alphanumeric(),
            Url | Random => is_word(byte),
            Base64 => is_word(byte) || matches!(byte, b'+' | b'/' | b'='),
            Parts => is_word(byte) || matches!(byte, b'.' | b'/' | b'=' | b'@'),
        }
    }
}

/// The letters to look for: what the rows have in common that start with the same three.
pub(super) struct Markers {
    groups: Vec<(&'static str, Vec<&'static Token>)>,
}

impl Markers {
    pub(super) fn new(tokens: &'static [Token]) -> Self {
        let mut groups: Vec<(&'static str, Vec<&'static Token>)> = Vec::new();
        for token in tokens {
            let alike = groups.iter_mut().find(|(marker, _)| common(marker, token.prefix).len() >= 3);
            match alike {
                Some((marker, rows)) => {
                    *marker = common(marker, token.prefix);
                    rows.push(token);
                }
                None => groups.push((token.prefix, vec![token])),
            }
        }
        Self { groups }
    }

    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.groups.iter().map(|(marker, _)| *marker)
    }

    /// The rows of a marker.
    pub(super) fn tokens(&self, number: usize) -> impl Iterator<Item = &'static Token> {
        self.groups.get(number).into_iter().flat_map(|(_, rows)| rows).copied()
    }
}

/// What both texts start with.
fn common<'t>(one: &'t str, other: &str) -> &'t str {
    let length = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    one.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_a_source_and_a_prefix_of_its_own() {
        let mut known = HashSet::new();
        for token in &TOKENS {
            assert!(known.insert(token.prefix), "{}", token.prefix);
            assert!(token.prefix.len() >= 3, "{}", token.prefix);
            if let Gitleaks(name) | Vendor(name) = token.source {
                assert!(!name.is_empty(), "{}", token.prefix);
            }
        }
    }
}
