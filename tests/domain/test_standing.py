from itertools import permutations

from quipu.domain.facts import Facts
from quipu.domain.standing import Arrived, counted, ends, forked, parting, revocation, standing


def came(manifest: str, seq: int, prev: str = "", device: str = "d") -> Arrived:
    return Arrived(manifest, device, "centre", seq, prev)


def test_what_stands_is_what_is_named_and_all_that_it_follows() -> None:
    a, b, c, d = "a" * 64, "b" * 64, "c" * 64, "d" * 64
    chain = [came(a, 1), came(b, 2, a), came(c, 3, b), came(d, 4, c)]
    for known in ([chain[0], chain[1]], [chain[1], chain[0]], [chain[1]]):
        facts = Facts(revocation("d", office="o", last=ends(known), upto={}, reason="r"))
        assert standing(facts, "d", chain) == {a, b}
        # The first is known to stand before it comes, since the second says that it follows it.
        assert standing(facts, "d", [chain[1], chain[3]]) == {a, b}
    nothing = Facts(revocation("d", office="", last=[], upto={}, reason="r"))
    assert standing(nothing, "d", chain) == frozenset()
    assert standing(Facts([]), "d", chain) is None


def test_a_device_that_tells_two_stories_is_known_by_its_chain() -> None:
    assert forked([came("a", 1), came("b", 2, "a"), came("c", 3, "b")]) == {}
    assert forked([came("b", 1), came("a", 1)]) == {"d": ("b",)}
    assert forked([came("a", 1), came("b", 2, "a"), came("c", 3, "a")]) == {"d": ("c",)}
    assert forked([came("a", 1), came("a", 1), came("b", 1, device="e")]) == {}


def test_where_a_copy_left_the_chain_does_not_depend_on_the_order() -> None:
    sent = [
        came("a", 1),
        came("b", 2, "a"), came("x", 2, "a"),
        came("z", 3, "b"), came("c", 3, "x"),
        came("d", 4, "z"),
    ]  # fmt: skip
    for order in permutations(sent):
        assert forked(order) == {"d": ("x",)}
    # While the place where they parted is not known, the number tells.
    assert forked([sent[0], sent[3], sent[4]]) == {"d": ("z",)}


def test_the_parting_is_written_once() -> None:
    said = parting("d", office="o", names={"b", "a"}, before=None)
    facts = Facts(said)
    assert facts.text("d", "forked") == "a b"
    assert standing(facts, "d", ()) is None
    assert parting("d", office="o", names=("a", "b"), before="a b") == []


def test_a_revocation_tells_the_last_revision_that_counts() -> None:
    upto = {"a" * 32: 5, "b" * 32: 2**31}
    said = revocation("d", office="o", last=["c" * 64], upto=upto, reason="r")
    facts = Facts(said)
    assert counted(facts.text("d", "revoked")) == upto
    assert standing(facts, "d", ()) == {"c" * 64}
    assert counted("") == {}
    assert counted("x:y :7") == {"": 7}
