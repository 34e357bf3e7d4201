//! The steps of the migration of a card, in their order.
//!
//! A card gets the half that the target needs beside the one that it has; then the half goes that the target does not need.
//! So a card for both generations is what the others are made from, and whatever is not said in both halves is noticed.

use super::draft::{Draft, Member};
use super::options::Target;
use super::work::Work;
use super::{interfaces, names, old, security};
use crate::kind::{CardVersion, Version};
use crate::rule::Loss;
use crate::schema::Shape;

/// The member that tells of an extended card before 1.0, at the root.
const OLD_EXTENDED: &str = "supportsAuthenticatedExtendedCard";

/// The one since, in `capabilities`.
const EXTENDED: &str = "extendedAgentCard";

/// `card`, which is of `version`, as the target has it.
pub(super) fn migrate(work: &mut Work<'_>, version: CardVersion, shape: &Shape, mut card: Draft) -> Draft {
    let target = work.to;
    names::settle(work, &mut card, shape);
    names::drop_nulls(&mut card);
    old::declare_authentication(work, &mut card);
    if version.legacy == Some(Version::V0_1_0) {
        old::fill_modes(&mut card);
    }
    old::put_modes(&mut card, &work.options.default_modes, true);
    if work.options.fill_empty {
        old::fill_empty(&mut card);
    }
    interfaces::settle_bindings(&mut card);
    interfaces::settle_transports(&mut card);
    if version.legacy.is_none() {
        interfaces::settle_drafts(work, &mut card);
    }
    if target.is_modern() {
        security::part_flows(work, &mut card);
        add_modern(work, &mut card, version);
    }
    if target.is_legacy() {
        add_legacy(work, &mut card, version);
    }
    match target {
        Target::Modern => drop_legacy(work, &mut card, version),
        Target::Dual | Target::GraphRegistration | Target::GraphInstance | Target::Card => {}
        Target::Legacy(release) => {
            drop_modern(work, &mut card, version);
            lower(work, &mut card, release);
        }
    }
    if target.is_modern() && !(is_signed(&card) && is_intact(work, &card)) {
        interfaces::settle_versions(&mut card);
    }
    drop_signatures(work, &mut card);
    card
}

fn add_modern(work: &mut Work<'_>, card: &mut Draft, version: CardVersion) {
    if version.legacy.is_some() {
        interfaces::complete_modern(work, card);
    }
    let alone = work.to == Target::Modern;
    security::wrap_schemes(work, card, alone);
    security::wrap_requirements(work, card);
    let old = card.get(OLD_EXTENDED).or_else(|| card.get("supportsExtendedAgentCard"));
    // What is no truth value stays where nobody reads it, and is reported there.
    let Some(value) = old.filter(|value| value.is_boolean()).cloned() else { return };
    if !card.has("capabilities") {
        let capabilities = Member::new("capabilities", Draft::object(Vec::new()));
        card.put_after(&["description", "version"], capabilities);
    }
    let capabilities = card.get_mut("capabilities").filter(|capabilities| capabilities.is_object());
    if let Some(capabilities) = capabilities.filter(|capabilities| !capabilities.has(EXTENDED)) {
        capabilities.put_after(&["streaming", "pushNotifications"], Member::new(EXTENDED, value));
    }
}

fn add_legacy(work: &mut Work<'_>, card: &mut Draft, version: CardVersion) {
    if version.legacy.is_some() {
        interfaces::complete_main(card);
        interfaces::state_version(work, card, version.is_mixed());
    } else {
        interfaces::complete_legacy(work, card);
        // Readers look for each endpoint of 0.x among those of 1.0 too.
        if work.to == Target::Dual && card.has("url") {
            interfaces::list_legacy(card);
        }
    }
    let alone = work.to != Target::Dual;
    security::flatten_schemes(work, card, alone);
    security::flatten_requirements(card);
    let new = card.get("capabilities").and_then(|capabilities| capabilities.get(EXTENDED));
    let old = card.get("supportsExtendedAgentCard");
    let value = new.or(old).filter(|value| value.is_boolean() && !card.has(OLD_EXTENDED));
    if let Some(value) = value.cloned() {
        card.put_after(&["capabilities"], Member::new(OLD_EXTENDED, value));
    }
}

fn drop_legacy(work: &mut Work<'_>, card: &mut Draft, version: CardVersion) {
    let mixed = version.is_mixed();
    interfaces::drop_legacy(card);
    security::drop_flat_requirements(work, card, mixed);
    for name in [OLD_EXTENDED, "supportsExtendedAgentCard"] {
        let kept = card.get("capabilities").and_then(|capabilities| capabilities.get(EXTENDED)).cloned();
        let Some(kept) = kept else { continue };
        if let Some(member) = card.take(name).filter(|member| !member.value.says_the_same(&kept)) {
            work.lost(&member, Loss::Half(EXTENDED));
        }
    }
    let capabilities = card.get_mut("capabilities");
    if let Some(history) = capabilities.and_then(|capabilities| capabilities.take("stateTransitionHistory")) {
        let says_much = history.value.is_true();
        work.lost(&history, if says_much { Loss::Member } else { Loss::Formality });
    }
}

fn drop_modern(work: &mut Work<'_>, card: &mut Draft, version: CardVersion) {
    let mixed = version.is_mixed();
    interfaces::drop_modern(work, card);
    security::drop_wrapped_requirements(work, card, mixed);
    let of_draft = card.take("supportsExtendedAgentCard");
    of_draft
        .iter()
        .filter(|member| !member.value.is_boolean())
        .for_each(|member| work.lost(member, Loss::Member));
    let Some(kept) = card.get(OLD_EXTENDED).cloned() else { return };
    let capabilities = card.get_mut("capabilities");
    if let Some(member) = capabilities.and_then(|capabilities| capabilities.take(EXTENDED))
        && !member.value.says_the_same(&kept)
    {
        work.lost(&member, Loss::Half(OLD_EXTENDED));
    }
}

/// Takes out of a 0.3.0 card what `release` does not have.
fn lower(work: &mut Work<'_>, card: &mut Draft, release: Version) {
    if release == Version::V0_3_0 {
        return;
    }
    security::drop_newest(work, card);
    if release < Version::V0_2_5 {
        card.take("protocolVersion");
    } else if let Some(version) = card.get_mut("protocolVersion") {
        *version = Draft::string(release.name()).standing_for(version.origin);
    }
    if release < Version::V0_2_4 {
        interfaces::keep_main_alone(work, card);
    }
    let mut gone = Vec::new();
    if release < Version::V0_2_2 {
        gone.extend(card.take("iconUrl"));
        gone.extend(card.get_mut("capabilities").and_then(|capabilities| capabilities.take("extensions")));
    }
    if release < Version::V0_2_1 {
        gone.extend(card.take(OLD_EXTENDED));
    }
    gone.iter().for_each(|member| work.lost(member, Loss::Member));
}

/// Signatures hold for the text that they were made for.
fn drop_signatures(work: &mut Work<'_>, card: &mut Draft) {
    if !is_signed(card) || is_intact(work, card) {
        return;
    }
    if let Some(signatures) = card.take("signatures") {
        work.lost(&signatures, Loss::Signatures);
    }
}

fn is_signed(card: &Draft) -> bool {
    card.get("signatures").is_some_and(|list| !list.is_empty())
}

/// Whether the card is as it was.
fn is_intact(work: &Work<'_>, card: &Draft) -> bool {
    card.is_intact(work.document.node(work.root))
}
