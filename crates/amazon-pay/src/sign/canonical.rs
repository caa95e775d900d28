//! The canonical request: one text for one request, however its sender wrote it.

use super::percent;

/// The path as it is signed: repeated slashes are one, each segment is percent-encoded, an empty path is `/`, a slash at
/// the end stays. What is encoded already is not encoded twice, so the function may be applied to its own result.
pub fn canonical_path(path: &str) -> String {
    let mut canonical = String::with_capacity(path.len() + 1);
    canonical.push('/');
    for (number, segment) in path.split('/').filter(|segment| !segment.is_empty()).enumerate() {
        if number > 0 {
            canonical.push('/');
        }
        percent::encode_into(&percent::decode(segment), &mut canonical);
    }
    if path.ends_with('/') && canonical.len() > 1 {
        canonical.push('/');
    }
    canonical
}

/// The query as it is signed, from a query as it was received (without `?`): each name and value decoded and encoded
/// again, the pairs sorted. A name without a value ends in `=`. May be applied to its own result.
pub fn canonical_query(query: &str) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    joined(pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent::decode(name), percent::decode(value))
    }))
}

/// The query as it is signed, from names and values as they are meant (not encoded).
pub fn canonical_query_of_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    joined(pairs.into_iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())))
}

/// Encodes each pair and sorts by the encoded name, then by the encoded value, in byte order.
fn joined(pairs: impl Iterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>) -> String {
    let mut encoded: Vec<(String, String)> = pairs
        .map(|(name, value)| (percent::encode(name.as_ref()), percent::encode(value.as_ref())))
        .collect();
    encoded.sort_unstable();
    let mut query = String::new();
    for (name, value) in encoded {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&name);
        query.push('=');
        query.push_str(&value);
    }
    query
}

/// The canonical request.
///
/// `path` and `query` are taken as they are: see [`canonical_path`], [`canonical_query`] and
/// [`canonical_query_of_pairs`]. `headers` are the signed ones in any order and any letter case; a name that stands
/// twice becomes one line, its values joined by a comma in the order given. `body_hash` is [`sha256_hex`] of the body.
///
/// [`sha256_hex`]: super::sha256_hex
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(&str, &str)],
    body_hash: &str,
) -> String {
    let mut sorted: Vec<(String, &str)> =
        headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), trimmed(value))).collect();
    sorted.sort_by(|left, right| left.0.cmp(&right.0));

    let mut canonical = String::with_capacity(512);
    for line in [method, path, query] {
        canonical.push_str(line);
        canonical.push('\n');
    }
    let mut names = String::new();
    for same_name in sorted.chunk_by(|left, right| left.0 == right.0) {
        for (number, (name, value)) in same_name.iter().enumerate() {
            if number == 0 {
                if !names.is_empty() {
                    names.push(';');
                }
                names.push_str(name);
                canonical.push_str(name);
            }
            canonical.push(if number == 0 { ':' } else { ',' });
            canonical.push_str(value);
        }
        canonical.push('\n');
    }
    for line in ["\n", &names, "\n", body_hash] {
        canonical.push_str(line);
    }
    canonical
}

/// A header's value without the blanks that HTTP allows around it.
fn trimmed(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn repeated_slashes_are_one_and_the_last_stays() {
        assert_eq!(canonical_path(""), "/");
        assert_eq!(canonical_path("//"), "/");
        assert_eq!(canonical_path("//v2///reports//"), "/v2/reports/");
        assert_eq!(canonical_path("v2/ሴ"), "/v2/%E1%88%B4");
    }

    #[test]
    fn an_encoded_slash_stays_inside_its_segment() {
        assert_eq!(canonical_path("/a%2Fb/c%2fd"), "/a%2Fb/c%2Fd");
    }

    #[test]
    fn pairs_are_sorted_in_byte_order_and_repeated_names_stay() {
        assert_eq!(canonical_query("foo=aha&foo=Zoo&a"), "a=&foo=Zoo&foo=aha");
        assert_eq!(canonical_query("a=b=c&&"), "a=b%3Dc");
        assert_eq!(canonical_query_of_pairs([("reportTypes", "x,y"), ("pageSize", "10")]), {
            "pageSize=10&reportTypes=x%2Cy"
        });
    }

    #[test]
    fn headers_are_sorted_trimmed_lowered_and_joined() {
        let headers = [("X-B", " two "), ("x-a", "one"), ("x-b", "three")];
        assert_eq!(
            canonical_request("GET", "/", "", &headers, "hash"),
            "GET\n/\n\nx-a:one\nx-b:two,three\n\nx-a;x-b\nhash"
        );
    }

    proptest! {
        #[test]
        fn decoding_sorting_and_encoding_twice_changes_nothing(query in "[ -~ሴ]{0,120}") {
            let once = canonical_query(&query);
            prop_assert_eq!(canonical_query(&once), once);
        }

        #[test]
        fn a_canonical_path_is_its_own_canonical_path(path in "[ -~ሴ]{0,120}") {
            let once = canonical_path(&path);
            prop_assert_eq!(canonical_path(&once), once);
        }

        #[test]
        fn the_order_of_pairs_and_headers_does_not_matter(
            mut pairs in prop::collection::vec(("[a-c]{1,2}", "[ -~]{0,5}"), 0..8),
        ) {
            let as_given = canonical_query_of_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            pairs.reverse();
            let reversed = canonical_query_of_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            prop_assert_eq!(&as_given, &reversed);
            prop_assert_eq!(canonical_query(&as_given), as_given);
        }
    }
}
