//! Puts what arrives with what it is like: a step of [`crate::moderation::arrivals`].
//!
//! A comment is compared with one letter of each cluster that it shares a band with, never with all that is stored, and a
//! band leads to some clusters at the most: the cost of one arrival does not grow. Nothing that was put together is taken
//! apart by what arrives later, and nothing that somebody corrected by hand is changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::letter::{Letter, quotable};
use super::likeness::{likeness, shared};
use super::minhash::bands;
use super::model::{Cluster, Member};
use super::store::{self, moving};
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId};
use crate::moderation::arrivals::Take;
use crate::norms;

/// Clusters that a comment is compared with: those that share most bands with it.
const MOST_CANDIDATES: usize = 6;
/// A difference of likeness that tells no two clusters apart.
const HARDLY_LESS: f64 = 0.1;
/// The most comments of a part that joins the rest of its campaign by itself: what one arrival may move.
const MOST_MOVED: i64 = 1_024;
/// Letters among which one is chosen that stands for all.
const SAMPLE: i64 = 6;
/// Shingles of templates that are kept at hand: 16 MB.
const MOST_KEPT: usize = 2_000_000;

/// The step.
pub fn step() -> Take {
    let known = Mutex::new(Templates::default());
    Arc::new(move |conn, _, arrived| {
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = arrived.first() else { return Ok(()) };
        let mut clustering = Clustering { templates: &mut known, norms: first.quoted.clone() };
        arrived.iter().try_for_each(|it| clustering.take(conn, &it.comment, &it.letter))
    })
}

/// The shingles of every text that people comment on, and so quote.
pub fn quoted(conn: &mut AnyConnection) -> DbResult<HashSet<u64>> {
    let mut texts = Vec::new();
    for norm in norms::store::norms(conn)? {
        texts.extend(norms::store::versions(conn, norm.id)?.into_iter().map(|version| version.body));
    }
    Ok(quotable(texts.iter().map(String::as_str)))
}

/// Keeps what is [`quoted`] until there is another text.
#[derive(Default)]
pub struct Quoted {
    kept: Mutex<(i64, Arc<HashSet<u64>>)>,
}

impl Quoted {
    /// Those of the texts that there are now.
    pub fn read(&self, conn: &mut AnyConnection) -> DbResult<Arc<HashSet<u64>>> {
        let count = norms::store::count_versions(conn)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != count {
            *kept = (count, Arc::new(quoted(conn)?));
        }
        Ok(kept.1.clone())
    }
}

/// The letters that stand for clusters, as far as they are at hand. A revision changes only when words are taken out of it;
/// what it said before is still what others are like, and nobody is shown it.
#[derive(Default)]
pub struct Templates {
    known: HashMap<(CommentId, i32), Arc<Letter>>,
    kept: usize,
}

impl Templates {
    fn letter(
        &mut self,
        conn: &mut AnyConnection,
        template: (CommentId, i32),
        norms: &HashSet<u64>,
    ) -> DbResult<Arc<Letter>> {
        if let Some(letter) = self.known.get(&template) {
            return Ok(letter.clone());
        }
        let (norm, body) = store::said(conn, template.0, template.1)?;
        let letter = Arc::new(Letter::from_body(norm, &body, norms));
        self.keep(template, letter.clone());
        Ok(letter)
    }

    fn keep(&mut self, template: (CommentId, i32), letter: Arc<Letter>) {
        if self.kept > MOST_KEPT {
            *self = Self::default();
        }
        // Its words weigh some more than its shingles.
        self.kept += 4 * letter.shingles.len() + 64;
        self.known.insert(template, letter);
    }
}

/// Clusters one batch.
pub struct Clustering<'t> {
    /// Letters at hand.
    pub templates: &'t mut Templates,
    /// See [`quoted`].
    pub norms: Arc<HashSet<u64>>,
}

impl Clustering<'_> {
    /// Puts `comment` where it belongs; `letter` is what it says as it is compared.
    pub fn take(&mut self, conn: &mut AnyConnection, comment: &Comment, letter: &Arc<Letter>) -> DbResult<()> {
        let before = store::member(conn, comment.id)?;
        if let Some(member) = &before {
            if member.digest == letter.digest {
                return store::set_revision(conn, comment.id, comment.revision);
            }
            store::leave(conn, member)?;
        }
        let pinned = before.filter(|member| member.is_pinned).map(|member| member.cluster);
        let cluster = match pinned {
            Some(cluster) => cluster,
            None => self.find(conn, comment, letter)?,
        };
        let member = Member {
            comment: comment.id,
            revision: comment.revision,
            cluster,
            digest: letter.digest.clone(),
            sent_at: comment.submitted_at,
            is_pinned: pinned.is_some(),
        };
        if let Some(texts) = store::enter(conn, &member)?
            && is_time_to_look(texts)
        {
            self.choose_template(conn, cluster)?;
            self.join_parts(conn, cluster)?;
        }
        Ok(())
    }

    /// The cluster that holds the same text, else the one whose template is most alike, else a new one.
    fn find(&mut self, conn: &mut AnyConnection, comment: &Comment, letter: &Arc<Letter>) -> DbResult<ClusterId> {
        if let Some(cluster) = store::with_text(conn, &letter.digest)? {
            return Ok(cluster);
        }
        let keys = bands(letter);
        let found = store::in_bands(conn, &keys)?;
        let best = self.most_alike(conn, letter, &found)?;
        if let Some(cluster) = best {
            return Ok(cluster);
        }
        let template = (comment.id, comment.revision);
        self.templates.keep(template, letter.clone());
        let cluster = begin(conn, comment)?;
        store::add_bands(conn, cluster, &store::with_room(&keys, &found))?;
        Ok(cluster)
    }

    /// The cluster whose template is most alike; of those that are hardly less alike, the largest: what was taken out of
    /// a campaign by hand draws its own kind, not the campaign.
    fn most_alike(
        &mut self,
        conn: &mut AnyConnection,
        letter: &Letter,
        found: &[(i64, ClusterId)],
    ) -> DbResult<Option<ClusterId>> {
        let mut alike: Vec<(f64, Cluster)> = Vec::new();
        for id in most_shared(found) {
            let cluster = store::cluster(conn, id)?;
            let template = self.templates.letter(conn, cluster.template, &self.norms)?;
            let Some(likeness) = likeness(letter, &template) else { continue };
            let target = match cluster.merged_into {
                Some(into) => store::cluster(conn, into)?,
                None => cluster,
            };
            alike.push((likeness, target));
        }
        let most = alike.iter().map(|(likeness, _)| *likeness).fold(0.0, f64::max);
        let near = alike.iter().filter(|(likeness, _)| *likeness >= most - HARDLY_LESS);
        Ok(near.max_by_key(|(_, cluster)| (cluster.comments, cluster.id)).map(|(_, cluster)| cluster.id))
    }

    /// Lets that letter stand for the cluster, of the first and the last that came, which shares most with the others.
    fn choose_template(&mut self, conn: &mut AnyConnection, id: ClusterId) -> DbResult<()> {
        let cluster = store::cluster(conn, id)?;
        let mut sample = vec![cluster.template];
        sample.extend(store::some_members(conn, id, SAMPLE)?);
        sample.sort_unstable();
        sample.dedup();
        let mut letters = Vec::new();
        for one in sample {
            letters.push((one, self.templates.letter(conn, one, &self.norms)?));
        }
        let common =
            |one: &Letter| -> usize { letters.iter().map(|(_, it)| shared(&one.shingles, &it.shingles)).sum() };
        // Of letters that share as much, the shorter has less of its own.
        let best = letters.iter().max_by_key(|(_, it)| (common(it), std::cmp::Reverse(it.shingles.len())));
        let Some((template, letter)) = best.filter(|(template, _)| *template != cluster.template) else {
            return Ok(());
        };
        store::set_template(conn, id, *template)?;
        let keys = bands(letter);
        let found = store::in_bands(conn, &keys)?;
        let known: HashSet<i64> = found.iter().filter(|(_, other)| *other == id).map(|(key, _)| *key).collect();
        let mut open = store::with_room(&keys, &found);
        open.retain(|key| !known.contains(key));
        store::add_bands(conn, id, &open)
    }

    /// Makes small clusters one with this one where their templates are alike: parts of a campaign that began with letters
    /// of which each left out what the other kept. Clusters that somebody corrected by hand stay as they are.
    fn join_parts(&mut self, conn: &mut AnyConnection, id: ClusterId) -> DbResult<()> {
        let mut cluster = store::cluster(conn, id)?;
        let template = self.templates.letter(conn, cluster.template, &self.norms)?;
        let found = store::in_bands(conn, &bands(&template))?;
        for other in most_shared(&found) {
            let other = store::cluster(conn, other)?;
            if other.id == cluster.id || other.merged_into.is_some() || other.comments == 0 {
                continue;
            }
            let (small, large) =
                if other.comments < cluster.comments { (&other, &cluster) } else { (&cluster, &other) };
            let letter = self.templates.letter(conn, other.template, &self.norms)?;
            if small.comments > MOST_MOVED
                || likeness(&letter, &template).is_none()
                || store::is_corrected(conn, small.id)?
                || store::is_corrected(conn, large.id)?
            {
                continue;
            }
            moving::merge(conn, small, large.id, false)?;
            cluster = store::cluster(conn, large.id)?;
        }
        Ok(())
    }
}

/// Begins a cluster with one comment, which stands for it.
pub fn begin(conn: &mut AnyConnection, comment: &Comment) -> DbResult<ClusterId> {
    let cluster = Cluster {
        id: ClusterId::new(),
        norm: comment.norm_id,
        kind: comment.kind,
        template: (comment.id, comment.revision),
        comments: 0,
        texts: 0,
        first_at: comment.submitted_at,
        last_at: comment.submitted_at,
        merged_into: None,
    };
    store::insert(conn, &cluster)?;
    Ok(cluster.id)
}

/// The clusters that share most bands, the most first.
fn most_shared(found: &[(i64, ClusterId)]) -> Vec<ClusterId> {
    let mut counts: BTreeMap<ClusterId, usize> = BTreeMap::new();
    for (_, cluster) in found {
        *counts.entry(*cluster).or_default() += 1;
    }
    let mut ordered: Vec<(ClusterId, usize)> = counts.into_iter().collect();
    ordered.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ordered.into_iter().take(MOST_CANDIDATES).map(|(cluster, _)| cluster).collect()
}

/// While a cluster is small its template may be an odd letter: it is looked at often then, and ever more seldom later.
fn is_time_to_look(texts: i64) -> bool {
    texts == 3 || texts > 1 && texts.count_ones() == 1
}
