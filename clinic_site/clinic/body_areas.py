"""Where it hurts: the eight areas by which conditions are grouped and enquiries are asked."""

BODY_AREAS = {
    "head-neck": "Head and neck",
    "shoulder": "Shoulder",
    "arm-hand": "Arm and hand",
    "back": "Back",
    "hip-leg": "Hip and leg",
    "knee": "Knee",
    "foot": "Foot",
    "whole-body": "Whole body",
}
