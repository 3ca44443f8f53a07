import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.organizations.codes import (
    ALPHABET,
    CodeFault,
    check_character,
    clean,
    fault_of,
    inner_digit,
    make_code,
    problem_with,
)
from registry.organizations.kinds import OrganizationType

serials = st.integers(0, 31**5 - 1)
prefixes = st.sampled_from(["51", "52", "53", "59"])


@pytest.mark.parametrize("code", ["53640000MJX173680A", "91350100M000100Y43"])
def test_published_codes_pass_both_checks(code):
    assert check_character(code[:17]) == code[17]
    assert inner_digit(code[8:16]) == code[16]


@pytest.mark.parametrize(
    ("prefix", "serial", "code"),
    [("51", 1, "51510104MJQ0000155"), ("52", 2, "52510104MJQ000023W")],
)
def test_made_codes_are_those_of_the_law_sheet(prefix, serial, code):
    assert make_code(prefix, "510104", serial) == code


@given(prefixes, serials)
def test_made_codes_are_valid(prefix, serial):
    code = make_code(prefix, "510104", serial)
    assert fault_of(code) is None
    assert uscc.is_valid(code)


def test_made_codes_differ():
    assert len({make_code("52", "510104", serial) for serial in range(2000)}) == 2000


def test_a_serial_must_fit():
    with pytest.raises(ValueError, match="five characters"):
        make_code("51", "510104", 31**5)


@given(prefixes, serials, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_slip_is_always_noticed(prefix, serial, place, other):
    code = make_code(prefix, "510104", serial)
    slipped = code[:place] + other + code[place + 1 :]
    assert (fault_of(slipped) is None) == (slipped == code)


@given(st.text(ALPHABET, min_size=18, max_size=18))
def test_whatever_passes_here_passes_stdnum(code):
    if fault_of(code) is None:
        assert uscc.is_valid(code)


@pytest.mark.parametrize(
    ("written", "fault", "position"),
    [
        ("51510104MJQ000015", CodeFault.LENGTH, None),
        ("51510104MJQ00001555", CodeFault.LENGTH, None),
        ("", CodeFault.LENGTH, None),
        ("51510104MJQ0000I55", CodeFault.CHARACTER, 16),
        ("51510104MJQ000015S", CodeFault.CHARACTER, 18),
        ("91350100M000100Y43", CodeFault.PREFIX, 1),
        ("54510104MJQ0000155", CodeFault.PREFIX, 2),
        ("515A0104MJQ0000155", CodeFault.PREFIX, 4),
        ("51510105MJQ0000155", CodeFault.CHECK, 18),
        ("51510104MJQ0000165", CodeFault.CHECK, 17),
    ],
)
def test_the_fault_and_its_place_are_named(app: Flask, written, fault, position):
    problem = problem_with(written)
    assert problem is not None
    assert (problem.fault, problem.position) == (fault, position)
    assert str(problem.words)


def test_a_code_made_wrongly_shows_in_its_inner_digit(app: Flask):
    first = "51510104MJQ000018"  # MJQ00001 has the check digit 5
    problem = problem_with(first + check_character(first))
    assert problem is not None
    assert (problem.fault, problem.position) == (CodeFault.INNER, 17)


def test_type_and_district_must_agree(app: Flask):
    code = "51510104MJQ0000155"
    assert problem_with(code, type=OrganizationType.ASSOCIATION, division="510104") is None
    wrong_type = problem_with(code, type=OrganizationType.FOUNDATION)
    assert wrong_type is not None
    assert wrong_type.fault is CodeFault.TYPE
    elsewhere = problem_with(code, division="510105")
    assert elsewhere is not None
    assert (elsewhere.fault, elsewhere.position) == (CodeFault.DISTRICT, 3)


@pytest.mark.parametrize(
    "written", [" 51510104mjq0000155", "５１５１０１０４MJQ0000155", "51510104-MJQ0000155 "]
)
def test_codes_are_cleaned_of_width_case_and_spaces(written):
    assert clean(written) == "51510104MJQ0000155"
